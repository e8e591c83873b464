"""Accounts: who may sign in, how their vetting stands, and every change an administrator makes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from textual import on
from textual.app import ComposeResult

from enquiry_tui.desk import accounts, session, vault_care
from enquiry_tui.desk.accounts import AccountRow
from enquiry_tui.desk.session import NewOfficer
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.long_jobs import in_steps
from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.screens import account_text as texts
from enquiry_tui.tui.screens import recovery_sheet
from enquiry_tui.tui.screens.prompt import Field, PromptScreen, Values
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.paging import FixedPages
from enquiry_tui.tui.widgets.panels import Notice
from enquiry_tui.tui.widgets.window_list import WindowList
from enquiry_tui.vault.aside import Progress, Steps

Submit = Callable[[Values], Awaitable[object]]
_CHANGES = frozenset(
    {
        *("add_officer", "reset_officer", "renew_vetting", "change_officer", "remove_officer"),
        *("recovery_sheet", "new_keys"),
    }
)
_RESET = (
    "For a forgotten passphrase. They get new keys, and a temporary passphrase for 24 hours"
    " that must then be changed. What they signed before still verifies."
)


class AccountsScreen(WorkScreen):
    """Lists the accounts. Each change says what will happen and wants the own passphrase again."""

    PLACE = Place.ACCOUNTS
    HEADING = "Office · accounts"
    CSS_PATH = "accounts.tcss"
    AUTO_FOCUS = "#accounts"
    NEEDS_MATTER = False

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, AccountRow] = {}
        self._may_change = False
        self._is_lent = False  # a passphrase is on the screen
        self._kept: dict[str, Values] = {}

    def content(self) -> ComposeResult:
        """Show the accounts, more about one, and a passphrase once."""
        yield WindowList(texts.COLUMNS, id="accounts")
        yield NoMarkup(id="once")
        yield NoMarkup(id="about")

    async def ready(self) -> None:
        """List the accounts."""
        await self._list()

    async def _list(self) -> None:
        found = await self.read(accounts.account_rows)
        self._may_change = await self.read(accounts.may_change_accounts)
        self._rows = {item.uid: item for item in found}
        rows = [texts.row_of(item) for item in found]
        self.query_one("#accounts", WindowList).show(FixedPages(rows), keep_cursor=True)
        self.refresh_bindings()

    @on(WindowList.RowHighlighted)
    def show_about(self, event: WindowList.RowHighlighted) -> None:
        """Say more about the account under the cursor."""
        item = self._rows.get(event.row.uid)
        if item is not None:
            self.query_one("#about", NoMarkup).show(texts.lines_about(item))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer changes to administrators only."""
        if action in _CHANGES and not self._may_change:
            return False
        return super().check_action(action, parameters)

    # Changes

    def action_add_officer(self) -> None:
        """Give a colleague an account."""
        fields = (
            texts.HANDLE,
            texts.name_field(),
            texts.role_field(),
            texts.right_field(),
            texts.DAY,
            texts.OWN,
        )
        self.work(self._form("A new account", fields, self._add))

    async def _add(self, values: Values) -> None:
        day = values["day"]
        expires = await self.read(accounts.read_vetting_day, day) if day else None
        new = NewOfficer(
            values["handle"], values["name"], values["role"], values["right"] == "yes", expires
        )
        added = await self.write(session.add_officer, new, values["passphrase"])
        await self._list()
        self.query_one("#accounts", WindowList).reload(select=added.uid)
        self._show_lent(new.name, new.handle, added.temporary)

    def action_reset_officer(self) -> None:
        """Give an officer who forgot the passphrase new keys."""
        self._about_current("New keys", (texts.OWN,), self._reset, _RESET)

    async def _reset(self, item: AccountRow, values: Values) -> None:
        added = await self.write(accounts.reset_officer, item.uid, values["passphrase"])
        await self._list()
        self._show_lent(item.name, item.handle, added.temporary)

    def action_renew_vetting(self) -> None:
        """Record until which day the vetting holds."""
        item = self._current()
        if item is not None:
            words = f"Now: {item.vetting.words()}. It goes on the record as renewed by you."
            self._about_current("Vetting", (texts.DAY, texts.OWN), self._renew, words)

    async def _renew(self, item: AccountRow, values: Values) -> None:
        day = await self.read(accounts.read_vetting_day, values["day"])
        await self.write(accounts.renew_vetting, item.uid, day, values["passphrase"])
        await self._list()
        self.notice.say(f"{item.handle}: the vetting is renewed, on the record.", tone="good")

    def action_change_officer(self) -> None:
        """Change name, role or administrator right."""
        item = self._current()
        if item is None:
            return
        fields = (
            texts.name_field(item.name),
            texts.role_field(item.role),
            texts.right_field(administrator=item.administrator),
            texts.OWN,
        )
        words = "In force from their next sign-in; nobody else's passphrase is needed."
        self._about_current("Name, role and right", fields, self._change, words)

    async def _change(self, item: AccountRow, values: Values) -> None:
        await self.write(
            accounts.certify_officer,
            item.uid,
            values["passphrase"],
            name=values["name"],
            role=values["role"],
            administrator=values["right"] == "yes",
        )
        await self._list()
        self.notice.say(f"{item.handle} is changed, on the record.", tone="good")

    def action_recovery_sheet(self) -> None:
        """Have a new recovery key made."""
        submit = partial(recovery_sheet.issue, self)
        fields, words = recovery_sheet.FIELDS, recovery_sheet.WORDS
        self.work(self._form(recovery_sheet.TITLE, fields, submit, words))

    def action_remove_officer(self) -> None:
        """End an account."""
        item = self._current()
        if item is not None:
            self.work(self._ask_remove(item))

    async def _ask_remove(self, item: AccountRow) -> None:
        work = await self.read(accounts.demand_removable, item.uid)
        may_give = bool(work) and await self.read(accounts.may_reallocate)
        fields = (texts.HEIR, texts.OWN) if may_give else (texts.OWN,)
        title = f"Remove {item.name} ({item.handle})"
        words = texts.removal_words(work, administrator=item.administrator)
        await self._form(title, fields, partial(self._remove, item), words)

    async def _remove(self, item: AccountRow, values: Values) -> None:
        given = values.get("heir")
        heir = await self.read(accounts.heir_of, item.uid, given) if given else None
        await self._rekey(accounts.remove_officer, item.uid, values["passphrase"])
        if heir is not None:
            await self.write(accounts.reallocate_all, item.uid, heir.uid)
        left = await self.read(accounts.open_work, item.uid)
        held = await self.read(accounts.backups_opening_for, item)
        await self._list()
        self.query_one("#once", NoMarkup).show(texts.left_behind(left, held))
        self.notice.say(f"{item.handle} is removed; the vault has new keys.", tone="good")

    def action_new_keys(self) -> None:
        """Give the vault new keys."""
        self.work(self._form(texts.KEYS_TITLE, (texts.OWN,), self._new_keys, texts.KEYS_WORDS))

    async def _new_keys(self, values: Values) -> None:
        await self._rekey(vault_care.rotate_keys, values["passphrase"])
        self.notice.say("The vault has new keys.", tone="good", hint=texts.KEYS_DONE)

    async def _rekey(self, verb: Callable[..., Steps], *args: object) -> None:
        app, is_done = host(self), False
        try:
            job = partial(verb, app.session, *args)
            await in_steps(app.store, job, self._tell, lambda: self.is_attached)
            is_done = True
        finally:
            if not is_done and self.is_current:  # the form was left meanwhile
                self.notice.say("Given up: the vault's keys are as they were.")

    def _tell(self, step: Progress) -> None:
        share = f" {100 * step.done // step.total} %" if step.total else ""
        top = self.app.screen
        if isinstance(top, PromptScreen):
            top.query_one(Notice).say(f"New keys for the vault: {step.what}{share} …")

    # Steps

    def _current(self) -> AccountRow | None:
        row = self.query_one("#accounts", WindowList).current
        return None if row is None else self._rows.get(row.uid)

    def _about_current(
        self,
        title: str,
        fields: tuple[Field, ...],
        submit: Callable[[AccountRow, Values], Awaitable[object]],
        words: str,
    ) -> None:
        item = self._current()
        if item is not None:
            title = f"{title}: {item.name} ({item.handle})"
            self.work(self._form(title, fields, partial(submit, item), words))

    async def _form(
        self, title: str, fields: tuple[Field, ...], submit: Submit, words: str = ""
    ) -> None:
        self._clear_once()
        kept = self._kept.setdefault(title, {})
        form = PromptScreen(title, fields, partial(_checked, submit), words=words, kept=kept)
        await self.app.push_screen(form, wait_for_dismiss=True)

    def _show_lent(self, name: str, handle: str, passphrase: str) -> None:
        self.query_one("#once", NoMarkup).show(texts.lent_lines(name, handle, passphrase))
        self._is_lent = True
        self.notice.say("Told? Esc takes it off the screen; it is shown nowhere again.")

    def step_back(self) -> None:
        """Take a passphrase off the screen first; only then go back."""
        if self._is_lent:
            self._clear_once()
            return
        super().step_back()

    def _clear_once(self) -> None:
        self._is_lent = False
        self.query_one("#once", NoMarkup).show("")
        self.notice.clear()


async def _checked(submit: Submit, values: Values) -> None:
    if not values["passphrase"]:
        raise Refused("Your own passphrase is wanted.", "It is typed again for each change.")
    await submit(values)
