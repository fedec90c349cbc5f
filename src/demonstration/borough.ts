import { Role } from '../../libs/kernel/index.js';

/** One agency of the made-up borough, with the port offset of its sandbox identity provider. */
export interface DemonstrationAgency {
  readonly code: string;
  readonly name: string;
  readonly kind: 'council' | 'police' | 'fire' | 'health' | 'audit';
  /** Added to PORT: where this agency's identity provider listens. */
  readonly idpPort: number;
}

/** One made-up person: whom to sign in as, and what is worth trying. */
export interface DemonstrationPerson {
  readonly agency: string;
  readonly userName: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly tryThis: string;
}

/** Where an agency is told of something out of hours. */
export interface DemonstrationDutyPost {
  readonly agency: string;
  readonly name: string;
  readonly email: string;
}

/** The password of everybody in the demonstration. */
export const DEMONSTRATION_PASSWORD = 'demonstration';

export const AGENCIES: readonly DemonstrationAgency[] = [
  { code: 'ashworth', name: 'Ashworth Borough Council', kind: 'council', idpPort: 11 },
  { code: 'northmoor-police', name: 'Northmoor Police', kind: 'police', idpPort: 12 },
  { code: 'northmoor-fire', name: 'Northmoor Fire and Rescue Service', kind: 'fire', idpPort: 13 },
  { code: 'northmoor-health', name: 'Northmoor Health Protection Team', kind: 'health', idpPort: 14 },
  { code: 'public-audit', name: 'Northern Public Audit Office', kind: 'audit', idpPort: 15 },
  { code: 'wexcombe', name: 'Wexcombe District Council', kind: 'council', idpPort: 16 },
];

const { EnvironmentalHealthOfficer, ServiceManager, Administrator, PoliceOfficer, FireOfficer, HealthPractitioner, DutyOfficer, Auditor } = Role;

export const PEOPLE: readonly DemonstrationPerson[] = [
  {
    agency: 'ashworth', userName: 'amira.rahman', displayName: 'Amira Rahman', roles: [EnvironmentalHealthOfficer],
    tryThis: 'open an investigation, invite police and fire, upload an exhibit, record a finding',
  },
  {
    agency: 'ashworth', userName: 'tom.bell', displayName: 'Tom Bell', roles: [EnvironmentalHealthOfficer],
    tryThis: 'save the same record as Amira and see that nothing is lost',
  },
  { agency: 'ashworth', userName: 'gwen.price', displayName: 'Gwen Price', roles: [ServiceManager], tryThis: 'see every investigation of the council' },
  { agency: 'ashworth', userName: 'dan.cole', displayName: 'Dan Cole', roles: [Administrator], tryThis: 'see that running the portal shows no case' },
  {
    agency: 'northmoor-police', userName: 'priya.shah', displayName: 'Priya Shah', roles: [PoliceOfficer, DutyOfficer],
    tryThis: 'get the alert live, acknowledge it, add a note for police and council only',
  },
  { agency: 'northmoor-police', userName: 'owen.hart', displayName: 'Owen Hart', roles: [PoliceOfficer], tryThis: 'see the alert, which only the duty officer acknowledges' },
  { agency: 'northmoor-police', userName: 'ruth.adams', displayName: 'Ruth Adams', roles: [ServiceManager], tryThis: 'ask for an explanation of a read that is unusual, and close it' },
  {
    agency: 'northmoor-fire', userName: 'frank.moss', displayName: 'Frank Moss', roles: [FireOfficer, DutyOfficer],
    tryThis: 'see the shared record, and no trace of the note kept from fire',
  },
  { agency: 'northmoor-health', userName: 'helen.ito', displayName: 'Helen Ito', roles: [HealthPractitioner, DutyOfficer], tryThis: 'find nothing until health is invited' },
  { agency: 'public-audit', userName: 'alex.ward', displayName: 'Alex Ward', roles: [Auditor], tryThis: 'read who did what, and check that the ledger is whole' },
  { agency: 'wexcombe', userName: 'sam.stone', displayName: 'Sam Stone', roles: [EnvironmentalHealthOfficer], tryThis: 'find nothing at all: a stranger to the agreement' },
];

export const DUTY_POSTS: readonly DemonstrationDutyPost[] = [
  { agency: 'northmoor-police', name: 'Northmoor Police duty inspector', email: 'duty@police.northmoor.example' },
  { agency: 'northmoor-fire', name: 'Northmoor Fire duty officer', email: 'duty@fire.northmoor.example' },
  { agency: 'northmoor-health', name: 'Health protection duty desk', email: 'duty@health.northmoor.example' },
  { agency: 'ashworth', name: 'Ashworth out-of-hours officer', email: 'duty@ashworth.example' },
];

/** The one information sharing agreement of the borough. Wexcombe and the auditors are no parties to it. */
export const AGREEMENT = {
  reference: 'ISA-2026-01',
  title: 'Ashworth and Northmoor public protection information sharing agreement',
  parties: ['ashworth', 'northmoor-police', 'northmoor-fire', 'northmoor-health'],
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2028-12-31T23:59:59.000Z',
  ceiling: { sensitive: true },
  clauses: [
    {
      code: '4.1', purpose: 'Protecting the public from unsafe food premises', gateway: 'CDA115', category: 'food-safety',
      words: 'The parties may share inspection findings, evidence and contact details of a food business where a breach puts the public at risk (Crime and Disorder Act 1998, section 115).',
    },
    {
      code: '4.2', purpose: 'Fire safety of premises', gateway: 'CDA115', category: 'fire-safety',
      words: 'The parties may share what they see of blocked escapes, unsafe wiring and gas in premises open to the public.',
    },
    {
      code: '4.3', purpose: 'Outbreak control', gateway: 'COPI', category: 'outbreak',
      words: 'The parties may share what is needed to find and stop an outbreak of communicable disease (Health Service (Control of Patient Information) Regulations 2002).',
    },
  ],
} as const;
