"""An urgent call twelve working days ago, and its review by the monitoring officer."""

from __future__ import annotations

from enquiry_tui.demo.acts import close
from enquiry_tui.demo.stage import Stage
from enquiry_tui.desk import bring_forwards, contacts, emergencies, enquiries
from enquiry_tui.domain.emergency import Card


def ring(stage: Stage) -> None:
    """Give the control room the name and address held under the number, and nobody else."""
    stage.at(12, "14:07")
    desk = stage.desk
    contact = contacts.begin_contact(desk).uid
    contacts.set_phone(desk, contact, "07700 900318")
    urgent = emergencies.begin_urgent(desk, contact).uid
    emergencies.set_place(desk, urgent, "footbridge by the station", Card.SUICIDE)
    stage.wait(18)
    emergencies.dialled(desk, urgent)
    emergencies.urgent_line(desk, urgent, "says on the bridge, is alone")
    held = emergencies.held_details(desk, urgent)
    numbers = tuple(item.number for item in held if item.field in {"name", "address", "phone"})
    emergencies.release_emergency(desk, urgent, "control-room", numbers)
    stage.wait(240)
    emergencies.set_incident(
        desk, urgent, number="NM-0412", taken_by="Sgt Ames", accepted="accepted"
    )
    emergencies.end_urgent(
        desk, urgent, "help is with them", well="shaken, spoke to the welfare officer"
    )
    contacts.end_contact(desk, contact)
    stage.enquiries["urgent"] = contacts.view(desk, contact).enquiry_uid


def review(stage: Stage) -> None:
    """Look at the release, take the matter over and close it."""
    enquiry = stage.enquiries["urgent"]
    for brought in bring_forwards.bring_forwards_of(stage.desk, enquiry):
        bring_forwards.finish_bring_forward(stage.desk, brought.uid)
    enquiries.take_enquiry(stage.desk, enquiry)
    close(stage, "urgent", "reviewed: right to release, right recipient")
