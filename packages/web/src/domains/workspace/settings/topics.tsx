import type { MessageId } from "@regulars/locales/runtime.ts"
import {
  IconBox,
  IconBuildingStore,
  IconCoins,
  IconDatabaseExport,
  IconDeviceLaptop,
  IconFileImport,
  IconForms,
  IconHistory,
  IconKey,
  IconListDetails,
  IconLock,
  IconLogin2,
  IconPackageExport,
  IconShieldCheck,
  IconShieldLock,
  IconUser,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react"
import type { ComponentType } from "react"
import type { Icon } from "../../../lib/commands.ts"
import { PipelinesSettings } from "../../deals/pipelines-settings.tsx"
import { FieldsSettings } from "../../fields/fields-settings.tsx"
import { ObjectsSettings } from "../../objects/objects-settings.tsx"
import { ActivitySettings } from "./activity-settings.tsx"
import { ApiKeysSettings } from "./api-keys-settings.tsx"
import { AuditSettings } from "./audit-settings.tsx"
import { BackupSettings } from "./backup-settings.tsx"
import { ExportSettings } from "./export-settings.tsx"
import { ListsSettings } from "./lists-settings.tsx"
import { MappingsSettings } from "./mappings-settings.tsx"
import { MembersSettings } from "./members-settings.tsx"
import { ProfileSettings } from "./profile-settings.tsx"
import { RolesSettings } from "./roles-settings.tsx"
import { SecuritySettings } from "./security-settings.tsx"
import { SessionsSettings } from "./sessions-settings.tsx"
import { SignInSettings } from "./sign-in-settings.tsx"
import { TeamsSettings } from "./teams-settings.tsx"
import { WorkspaceSettings } from "./workspace-settings.tsx"

export interface Topic {
  /** Last part of the address: `/settings/<path>`. */
  path: string
  group: MessageId
  label: MessageId
  /** What the page is for, in a line; the search finds these words too. */
  about: MessageId
  icon: Icon
  permission?: string
  page: ComponentType
}

/** The pages of the settings, in the order of their list. A new one is an entry here. */
export const topics: readonly Topic[] = [
  {
    path: "profile",
    group: "settings.group.me",
    label: "settings.profile",
    about: "settings.profile.about",
    icon: IconUser,
    page: ProfileSettings,
  },
  {
    path: "security",
    group: "settings.group.me",
    label: "settings.security",
    about: "settings.security.about",
    icon: IconLock,
    page: SecuritySettings,
  },
  {
    path: "sessions",
    group: "settings.group.me",
    label: "settings.sessions",
    about: "settings.sessions.about",
    icon: IconDeviceLaptop,
    page: SessionsSettings,
  },
  {
    path: "workspace",
    group: "settings.group.workspace",
    label: "settings.workspace",
    about: "settings.workspace.about",
    icon: IconBuildingStore,
    permission: "workspace:read",
    page: WorkspaceSettings,
  },
  {
    path: "members",
    group: "settings.group.workspace",
    label: "settings.members",
    about: "settings.members.about",
    icon: IconUsersGroup,
    permission: "members:read",
    page: MembersSettings,
  },
  {
    path: "roles",
    group: "settings.group.workspace",
    label: "settings.roles",
    about: "settings.roles.about",
    icon: IconShieldLock,
    permission: "members:read",
    page: RolesSettings,
  },
  {
    path: "teams",
    group: "settings.group.workspace",
    label: "settings.teams",
    about: "settings.teams.about",
    icon: IconUsers,
    permission: "members:read",
    page: TeamsSettings,
  },
  {
    path: "sign-in",
    group: "settings.group.workspace",
    label: "settings.signIn",
    about: "settings.signIn.about",
    icon: IconLogin2,
    permission: "signIn:update",
    page: SignInSettings,
  },
  {
    path: "lists",
    group: "settings.group.workspace",
    label: "settings.lists",
    about: "settings.lists.about",
    icon: IconListDetails,
    permission: "sources:read",
    page: ListsSettings,
  },
  {
    path: "pipelines",
    group: "settings.group.workspace",
    label: "sell.pipelines",
    about: "sell.pipelines.about",
    icon: IconCoins,
    permission: "fields:update",
    page: PipelinesSettings,
  },
  {
    path: "fields",
    group: "settings.group.data",
    label: "settings.fields",
    about: "settings.fields.about",
    icon: IconForms,
    permission: "fields:read",
    page: FieldsSettings,
  },
  {
    path: "objects",
    group: "settings.group.data",
    label: "settings.objects",
    about: "settings.objects.about",
    icon: IconBox,
    permission: "fields:update",
    page: ObjectsSettings,
  },
  {
    path: "api-keys",
    group: "settings.group.data",
    label: "settings.keys",
    about: "settings.keys.about",
    icon: IconKey,
    permission: "apiKeys:create",
    page: ApiKeysSettings,
  },
  {
    path: "mappings",
    group: "settings.group.data",
    label: "settings.mappings",
    about: "settings.mappings.about",
    icon: IconFileImport,
    permission: "imports:read",
    page: MappingsSettings,
  },
  {
    path: "activity",
    group: "settings.group.data",
    label: "settings.activity",
    about: "settings.activity.about",
    icon: IconHistory,
    permission: "operations:read",
    page: ActivitySettings,
  },
  {
    path: "audit",
    group: "settings.group.data",
    label: "settings.audit",
    about: "settings.audit.about",
    icon: IconShieldCheck,
    permission: "audit:read",
    page: AuditSettings,
  },
  {
    path: "backup",
    group: "settings.group.data",
    label: "settings.backup",
    about: "settings.backup.about",
    icon: IconDatabaseExport,
    permission: "backups:read",
    page: BackupSettings,
  },
  {
    path: "export",
    group: "settings.group.data",
    label: "settings.export",
    about: "settings.export.about",
    icon: IconPackageExport,
    permission: "backups:manage",
    page: ExportSettings,
  },
]
