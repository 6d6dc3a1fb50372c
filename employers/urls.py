"""The pages of an employer's side, and those of what trainers show."""

from django.urls import path

from employers.views import checking, directory, joining, keys, sharing, team, widget

app_name = "employers"
urlpatterns = [
    path("employer/", team.show_team, name="home"),
    path("employer/team.csv", team.team_csv, name="team_csv"),
    path("employer/link/replace/", team.replace_link, name="replace_link"),
    path("employer/check/", checking.check_list, name="check"),
    path("employer/keys/", keys.list_keys, name="keys"),
    path("employer/keys/<int:pk>/replace/", keys.replace_key, name="rotate_key"),
    path("employer/keys/<int:pk>/revoke/", keys.revoke_page, name="revoke_key"),
    path("employer/join/<str:token>/", joining.join_employer, name="join"),
    path("directory/", directory.show_directory, name="directory"),
    path("widgets/<str:code>.svg", widget.widget_svg, name="widget_svg"),
    path("widgets/<str:code>.json", widget.widget_json, name="widget_json"),
    path("widgets/<str:code>/", widget.widget_page, name="widget"),
    path("account/sharing/directory/", directory.own_listing, name="listing"),
    path("account/sharing/website/", widget.own_widgets, name="widgets"),
    path("share/<str:token>/", sharing.share_with_employer, name="share"),
    path("account/sharing/", sharing.show_sharing, name="sharing"),
    path("account/sharing/<int:pk>/end/", sharing.end_sharing, name="end_sharing"),
]
