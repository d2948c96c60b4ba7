"""What this site asks besides what the plugin does."""

from django.utils.translation import gettext_lazy as _

from cms.readiness import running
from cms.readiness.mail import mail_goes_out
from cms.readiness.reporting import weaknesses
from cms.readiness.texts import filled_in
from practices.services.readiness.questions import Question, register

QUESTIONS = (
    Question("teksten", _("Texts"), filled_in),
    Question("mail", _("Mail"), mail_goes_out),
    Question("klok", _("Clock"), running.clock),
    Question("werker", _("Worker"), running.worker),
    Question("reserve", _("Reserve index"), running.standby),
    Question("uploads", _("Uploads"), running.uploads),
    Question("stijlen", _("Styles"), running.styles),
    Question("schijf", _("Disk"), running.disk),
    Question("kopie", _("Backup"), running.backup),
    Question("melden", _("Reporting weaknesses"), weaknesses),
)

register(*QUESTIONS)
