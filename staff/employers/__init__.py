"""The room for employers, their people and the trainers whom they see."""
