import { Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PlatformGraphqlModule } from '../platform/graphql/graphql.module.js';
import { ExplainResolver } from './api/explain.resolver.js';
import { ItemResolver } from './api/item.resolver.js';
import { LookupResolver } from './api/lookup.resolver.js';
import { PurposeResolver } from './api/purpose.resolver.js';
import { RecordResolver } from './api/record.resolver.js';
import { WorkspaceResolver } from './api/workspace.resolver.js';
import { AddNote } from './commands/add-note.js';
import { CaseGate } from './commands/case-gate.js';
import { ClassifyItem } from './commands/classify-item.js';
import { InviteAgency } from './commands/invite-agency.js';
import { ItemDesk } from './commands/item-desk.js';
import { PurposeRule } from './commands/purpose-rule.js';
import { StatePurpose } from './commands/state-purpose.js';
import { OpenWorkspace } from './commands/open-workspace.js';
import { RecordFinding } from './commands/record-finding.js';
import { SaveRecord } from './commands/save-record.js';
import { ItemExplained } from './queries/item-explained.js';
import { InvitationPreview } from './queries/invitation-preview.js';
import { ItemList } from './queries/item-list.js';
import { ItemReading } from './queries/item-reading.js';
import { RecordReading } from './queries/record-reading.js';
import { Search } from './queries/search.js';
import { Timeline } from './queries/timeline.js';
import { WorkspaceList } from './queries/workspace-list.js';
import { WorkspaceOverview } from './queries/workspace-overview.js';

/** Shared investigations: who takes part, and what is noted, recorded and found in them. */
@Module({
  imports: [PlatformGraphqlModule, AccessModule, LedgerModule],
  providers: [
    CaseGate,
    PurposeRule,
    StatePurpose,
    ItemDesk,
    OpenWorkspace,
    InviteAgency,
    InvitationPreview,
    AddNote,
    ClassifyItem,
    ItemReading,
    ItemExplained,
    SaveRecord,
    RecordFinding,
    WorkspaceList,
    WorkspaceOverview,
    ItemList,
    RecordReading,
    Timeline,
    Search,
    WorkspaceResolver,
    ItemResolver,
    ExplainResolver,
    PurposeResolver,
    RecordResolver,
    LookupResolver,
  ],
  exports: [CaseGate],
})
export class WorkspacesModule {}
