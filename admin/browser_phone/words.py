"""What the page's script says."""

from flask_babel import lazy_gettext

WORDS = {
    "connecting": lazy_gettext("Getting the phone ready …"),
    "ready": lazy_gettext("Ready to call"),
    "away": lazy_gettext("The phone line does not answer. It is tried again by itself."),
    "insecure": lazy_gettext(
        "Browsers give a page the microphone only over https, or on the box itself. Ask whoever "
        "runs the box for the https address of this panel."
    ),
    "refused": lazy_gettext(
        "The browser does not let this page use the microphone. Allow it with the sign beside the "
        "address, then call again."
    ),
    "no_microphone": lazy_gettext("No microphone was found. Plug one in, then call again."),
    "no_number": lazy_gettext("Give a number: digits, * and #."),
    "calling": lazy_gettext("Calling …"),
    "ringing": lazy_gettext("It rings"),
    "talking": lazy_gettext("Connected"),
    "over": lazy_gettext("The call is over."),
    "unknown": lazy_gettext("Nothing is behind this number."),
    "busy": lazy_gettext("Busy."),
    "full": lazy_gettext("Too many people call from their browsers just now, or the switch is "
                         "away. Try again in a minute."),
    "forbidden": lazy_gettext("This number may not be called from here."),
    "unlike": lazy_gettext("The browser and the box have no way to send sound in common."),
    "failed": lazy_gettext("The call did not come about."),
    "mute": lazy_gettext("Mute"),
    "muted": lazy_gettext("Muted: speak again"),
    "running": lazy_gettext("just now"),
    "keyed": lazy_gettext("Keyed"),
}  # fmt: skip
