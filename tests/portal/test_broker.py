"""The embedded broker: a message read while it is written is lost, and no worker ends because of it."""

import json
from queue import Empty

import pytest
from kombu import Connection

from recert.celery import app


@pytest.fixture
def channel(tmp_path):
    folders = dict.fromkeys(("data_folder_in", "data_folder_out", "control_folder"), str(tmp_path))
    with Connection("filesystem://", transport_options=folders) as connection:
        assert app.conf.beat_schedule
        yield connection.channel()


@pytest.mark.parametrize("written", ["", '{"body": "half'])
def test_a_half_written_broker_message_file_is_skipped(channel, tmp_path, written):
    (tmp_path / "1_a.celery.msg").write_text(written)
    (tmp_path / "2_b.celery.msg").write_text(json.dumps({"body": "whole"}))
    with pytest.raises(Empty):
        channel._get("celery")
    assert channel._get("celery") == {"body": "whole"}
    assert list(tmp_path.glob("*.msg")) == []
