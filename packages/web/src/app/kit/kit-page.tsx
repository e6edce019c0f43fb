import { IconDots, IconHeart, IconPlus, IconTrash } from "@tabler/icons-react"
import { QueryClientProvider } from "@tanstack/react-query"
import { useState } from "react"
import { ApiError } from "../../lib/api-error.ts"
import { Avatar } from "../../ui/avatar.tsx"
import { Button, IconButton } from "../../ui/button.tsx"
import { Chip, TagChip } from "../../ui/chip.tsx"
import { CopyOnClick } from "../../ui/copy-on-click.tsx"
import { ConfirmDialog, Dialog } from "../../ui/dialog.tsx"
import { DayText, MoneyText, NumberText, RelativeTime } from "../../ui/display.tsx"
import { KeyHint } from "../../ui/key-hint.tsx"
import { Menu } from "../../ui/menu.tsx"
import { PageHeader } from "../../ui/page-header.tsx"
import { ProgressBar } from "../../ui/progress-bar.tsx"
import { FormSkeleton, ListSkeleton } from "../../ui/skeleton.tsx"
import { EmptyState, ErrorLine, ErrorState, NoPermission } from "../../ui/states.tsx"
import { useTheme } from "../../ui/theme/theme-provider.tsx"
import { toast } from "../../ui/toast.tsx"
import { VirtualList } from "../../ui/virtual-list.tsx"
import styles from "./kit.module.css"
import { kitClient } from "./kit-data.ts"
import { KitFields } from "./kit-fields.tsx"
import { KitLines } from "./kit-lines.tsx"
import { Section } from "./kit-section.tsx"

const client = kitClient()

/** Every part in every state, to be looked at. Only in development, or with `?kit` in the address. */
export function KitPage() {
  const shown = import.meta.env.DEV || new URLSearchParams(window.location.search).has("kit")
  if (!shown) return null
  return (
    <QueryClientProvider client={client}>
      <main className={styles.kit}>
        <PageHeader title="Kit" sub="Every part in every state">
          <ThemeButtons />
        </PageHeader>
        <Colours />
        <Buttons />
        <Words />
        <States />
        <Overlays />
        <KitFields />
        <KitLines />
        <Section title="Virtual list">
          <div className={styles.box}>
            <VirtualList
              className={styles.list}
              label="Ten thousand rows"
              count={10_000}
              rowHeight={36}
              renderRow={(index) => (
                // biome-ignore lint/a11y/useSemanticElements: the list itself is no <ul>, its rows are placed by hand
                <div role="listitem" className={styles.listRow}>
                  Row {index + 1}
                </div>
              )}
            />
          </div>
        </Section>
      </main>
    </QueryClientProvider>
  )
}

function ThemeButtons() {
  const { choose } = useTheme()
  return (
    <>
      <Button onClick={() => choose("light")}>Light</Button>
      <Button onClick={() => choose("dark")}>Dark</Button>
    </>
  )
}

const colours = [
  ...["paper", "paper-raised", "paper-sunken", "hover", "selected", "ink", "ink-soft", "ink-faint", "line"],
  ...[
    "accent",
    "accent-soft",
    "good",
    "good-soft",
    "soon",
    "soon-soft",
    "late",
    "late-soft",
    "info",
    "info-soft",
  ],
]
function Colours() {
  return (
    <Section title="Colours">
      <div className={styles.row}>
        {colours.map((name) => (
          <div key={name} className={styles.swatch}>
            <div className={styles.colour} style={{ background: `var(--${name})` }} />
            {name}
          </div>
        ))}
      </div>
    </Section>
  )
}

function Buttons() {
  return (
    <Section title="Buttons">
      {(["primary", "default", "subtle", "danger"] as const).map((kind) => (
        <div key={kind} className={styles.row}>
          <Button kind={kind}>{kind}</Button>
          <Button kind={kind} icon={IconPlus}>
            With icon
          </Button>
          <Button kind={kind} disabled>
            Disabled
          </Button>
          <Button kind={kind} loading>
            Loading
          </Button>
        </div>
      ))}
      <div className={styles.row}>
        <IconButton icon={IconDots} label="More" />
        <IconButton icon={IconHeart} label="Active" active />
        <IconButton icon={IconTrash} label="Disabled" disabled />
      </div>
    </Section>
  )
}

const tags = [
  "wholesale",
  "gluten free",
  "Saturday",
  "pays cash",
  "allergy",
  "VIP",
  "neighbour",
  "press",
  "supplier",
  "test",
]
function Words() {
  return (
    <Section title="Chips, avatars, values">
      <div className={styles.row}>
        <Chip>Plain</Chip>
        <Chip meaning="good" icon={IconHeart}>
          Regular
        </Chip>
        <Chip meaning="soon">Soon</Chip>
        <Chip meaning="late">Late</Chip>
        <Chip meaning="info">Lead</Chip>
        <Chip meaning="accent">Chosen</Chip>
      </div>
      <div className={styles.row}>
        {tags.map((tag) => (
          <TagChip key={tag} tag={tag} />
        ))}
        <TagChip tag="removable" onRemove={() => {}} />
      </div>
      <div className={styles.row}>
        {["Ana Rossi", "Josefa García", "Ömer Ünal", "李 小龙", "Bo", "Carl-Johan Åström"].map((name) => (
          <Avatar key={name} name={name} size={36} />
        ))}
        <Avatar name="Corner Bakery" size={36} square />
        <Avatar name="Small" size={20} />
      </div>
      <div className={styles.row}>
        <RelativeTime at={new Date().toISOString()} />
        <RelativeTime at={new Date(Date.now() - 3 * 86_400_000).toISOString()} />
        <RelativeTime at="2024-05-03T10:00:00Z" />
        <DayText day={new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)} />
        <MoneyText value={{ amount: 129900, currency: "EUR" }} />
        <NumberText value={1234567.8} />
        <CopyOnClick text="ana@example.com" />
        <KeyHint keys="mod+k" />
        <KeyHint keys="g p" />
      </div>
    </Section>
  )
}

const offline = new ApiError({ code: "offline", status: 0 })
function States() {
  return (
    <Section title="States">
      <div className={styles.grid}>
        <div className={styles.box}>
          <EmptyState
            drawing="people"
            title="Nobody here yet"
            action={<Button kind="primary">Import people</Button>}
          >
            People you know turn up here.
          </EmptyState>
        </div>
        <div className={styles.box}>
          <ErrorState error={offline} retry={() => {}} />
        </div>
        <div className={styles.box}>
          <NoPermission />
        </div>
        <div className={styles.box}>
          <ListSkeleton rows={5} />
        </div>
        <FormSkeleton fields={3} />
        <div>
          <ProgressBar label="Importing people" done={420} total={1204} />
          <br />
          <ProgressBar label="Reading the file" done={0} total={null} />
          <br />
          <ErrorLine error={offline} retry={() => {}} />
        </div>
      </div>
    </Section>
  )
}

function Overlays() {
  const [dialog, setDialog] = useState(false)
  const [asking, setAsking] = useState(false)
  return (
    <Section title="Dialog, menu, toast">
      <div className={styles.row}>
        <Button onClick={() => setDialog(true)}>Dialog</Button>
        <Button onClick={() => setAsking(true)}>Ask first</Button>
        <Menu
          target={<Button>Menu</Button>}
          groups={[
            {
              heading: "Group",
              entries: [{ id: "one", label: "First", icon: IconPlus, keys: "c p", run: () => {} }],
            },
            { entries: [{ id: "two", label: "Delete", icon: IconTrash, danger: true, run: () => {} }] },
          ]}
        />
        <Button onClick={() => toast({ text: "Saved" })}>Toast</Button>
        <Button onClick={() => toast({ text: "Moved 12 people to the bin", undo: () => {} })}>
          Toast with Undo
        </Button>
        <Button onClick={() => toast({ text: "Not saved: the server can't be reached.", bad: true })}>
          Bad toast
        </Button>
      </div>
      <Dialog
        opened={dialog}
        onClose={() => setDialog(false)}
        title="A dialog"
        actions={<Button kind="primary">Save</Button>}
      >
        Esc closes it.
      </Dialog>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title="Erase"
        action="Erase 3 people"
        onConfirm={() => Promise.reject(offline)}
      >
        This can't be undone.
      </ConfirmDialog>
    </Section>
  )
}
