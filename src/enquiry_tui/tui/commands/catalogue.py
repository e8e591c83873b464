"""Every command there is. A key means the same on every screen, but for the urgent one's cards."""

from __future__ import annotations

from enquiry_tui.tui.commands.app_keys import APP_COMMANDS, DOOR_COMMANDS
from enquiry_tui.tui.commands.call_keys import CALL_COMMANDS, URGENT_COMMANDS
from enquiry_tui.tui.commands.clock_keys import CLOCK_COMMANDS
from enquiry_tui.tui.commands.command import Command
from enquiry_tui.tui.commands.complaint_keys import COMPLAINT_COMMANDS
from enquiry_tui.tui.commands.desk_keys import DESK_COMMANDS, LINE_COMMANDS
from enquiry_tui.tui.commands.gate_keys import GATE_COMMANDS
from enquiry_tui.tui.commands.matter_keys import MATTER_ACTIONS
from enquiry_tui.tui.commands.office_keys import OFFICE_COMMANDS
from enquiry_tui.tui.commands.policy_keys import POLICY_COMMANDS
from enquiry_tui.tui.commands.work_keys import WORK_COMMANDS

COMMANDS: tuple[Command, ...] = (
    *DESK_COMMANDS,
    *LINE_COMMANDS,
    *MATTER_ACTIONS,
    *GATE_COMMANDS,
    *WORK_COMMANDS,
    *CLOCK_COMMANDS,
    *COMPLAINT_COMMANDS,
    *OFFICE_COMMANDS,
    *POLICY_COMMANDS,
    *CALL_COMMANDS,
    *URGENT_COMMANDS,
    *DOOR_COMMANDS,
    *APP_COMMANDS,
)
