"""What officials and editors see in Wagtail: forms, panels, views, menus, reports."""
