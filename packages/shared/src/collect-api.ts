import { z } from 'zod';
import { LINK_METHODS, LINK_REASONS, LINK_STATUSES } from './status.js';

/** What is collected, as the partner's server names it (facts 4.10). Shapes only, as in `api.ts`. */
const BasketRow = z
  .strictObject({
    title: z.string(),
    quantity: z.string().meta({ description: 'Decimal string above 0, at most three decimals.' }),
    unitPrice: z.string().meta({ description: 'Without VAT. Decimal string, two decimals.' }),
    vatRate: z.string().meta({ description: 'Per cent, "0" to "100", at most two decimals.' }),
    type: z.enum(['good', 'service']).optional(),
    description: z.string().optional(),
    measureUnit: z.string().optional().meta({ description: 'Such as `unit`, `hour`, `kilogram`.' }),
  })
  .meta({ id: 'BasketRow' });
export type BasketRow = z.infer<typeof BasketRow>;

/** `basket` or `invoice`, exactly one of them. */
export const CreateLinkIntent = z
  .strictObject({
    kind: z.literal('link'),
    externalRef: z.string().meta({ description: 'Your id of the invoice, 1-64 visible ASCII.' }),
    currency: z.string(),
    methods: z.array(z.string()).meta({ description: LINK_METHODS.join(', ') }),
    reusable: z.boolean().optional().meta({ description: 'Baskets only; else it is paid once.' }),
    basket: z.strictObject({ items: z.array(BasketRow) }).optional(),
    invoice: z
      .strictObject({
        id: z.string().meta({ description: 'A UUID.' }),
        number: z.string(),
        debtor: z.string(),
        amount: z.string(),
      })
      .optional(),
    payee: z.strictObject({ name: z.string(), iban: z.string() }).optional().meta({
      description: 'Whose link it is: only a member who has this account at Qonto makes it.',
    }),
    reference: z
      .string()
      .optional()
      .meta({ description: 'Remittance information of that transfer; default: `externalRef`.' }),
    returnUrl: z.string(),
  })
  .meta({ id: 'CreateLinkIntent' });
export type CreateLinkIntent = z.infer<typeof CreateLinkIntent>;

/** A client's payment of a link. The bank's words for status and method are open. */
const LinkPayment = z
  .strictObject({
    id: z.string(),
    amount: z.string(),
    status: z.enum(['pending', 'paid', 'failed']),
    method: z.string(),
    createdAt: z.iso.datetime(),
    paidAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'LinkPayment' });
export type LinkPayment = z.infer<typeof LinkPayment>;

/** A link as its partner may know it. */
export const PartnerLink = z
  .strictObject({
    url: z.url(),
    status: z.enum(LINK_STATUSES),
    reusable: z.boolean(),
    expiresAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    payments: z.array(LinkPayment),
  })
  .meta({ id: 'PartnerLink' });
export type PartnerLink = z.infer<typeof PartnerLink>;

/** What became of the request for a link, until there is one; then `LINK_STATUSES`. */
export const LINK_STATES = [
  'making',
  /** The bank's answer is missing; we look into its list, and nothing is made again meanwhile. */
  'unknown',
  /** Made with another total than ours: being withdrawn, never shown. */
  'withdrawing',
  ...LINK_STATUSES,
  /** The bank said no, with a reason. */
  'refused',
  /** Provably nothing at the bank: it may be tried again. */
  'failed',
] as const;
export type LinkState = (typeof LINK_STATES)[number];

/** A link of the bank's list. */
const FoundLink = z
  .strictObject({
    id: z.string(),
    url: z.url(),
    amount: z.string(),
    /** Ours, or `unrecognized`. */
    status: z.enum([...LINK_STATUSES, 'unrecognized']),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'FoundLink' });
export type FoundLink = z.infer<typeof FoundLink>;

export const PROVIDER_STATUSES = [
  'enabled',
  /** The provider wants more of the member, or looks at it by hand (days). */
  'pending',
  'disabled',
  'not_connected',
  /** Qonto offers no links to this organisation: country, legal form or plan. */
  'unavailable',
] as const;
export type ProviderStatus = (typeof PROVIDER_STATUSES)[number];

const decimal = z.string();

/** All that the pay page shows of an intent to collect. */
export const PayLink = z
  .strictObject({
    externalRef: z.string(),
    kind: z.enum(['basket', 'invoice']),
    reusable: z.boolean(),
    /** The basket; empty for an invoice. `net`, `vat`, `gross` are of the whole row. */
    rows: z.array(
      z.strictObject({
        title: z.string(),
        description: z.string().nullable(),
        quantity: decimal,
        measureUnit: z.string().nullable(),
        type: z.enum(['good', 'service']).nullable(),
        unitPrice: decimal,
        vatRate: decimal,
        net: decimal,
        vat: decimal,
        gross: decimal,
      }),
    ),
    invoice: z.strictObject({ number: z.string(), debtor: z.string() }).nullable(),
    /** By rate, as on an invoice; empty for an invoice, whose VAT the bank is not told. */
    vats: z.array(z.strictObject({ rate: decimal, net: decimal, vat: decimal })),
    total: z.strictObject({ net: decimal.nullable(), vat: decimal.nullable(), gross: decimal }),
    /** Who is paid by bank transfer instead (EPC QR). */
    payee: z.strictObject({ name: z.string(), iban: z.string() }).nullable(),
    /** `null`: not read, for there is nothing to be made now. */
    provider: z
      .strictObject({
        status: z.enum(PROVIDER_STATUSES),
        /** Where the member goes on with the provider's onboarding. */
        location: z.url().nullable(),
        /** Where the money may arrive: to be chosen for a new connection. */
        accounts: z.array(z.strictObject({ id: z.string(), name: z.string(), iban: z.string() })),
      })
      .nullable(),
    /** The four methods; the provider offers the enabled ones. */
    methods: z.array(
      z.strictObject({ name: z.enum(LINK_METHODS), wanted: z.boolean(), enabled: z.boolean() }),
    ),
    /** Other links of the same invoice in the bank's list: nobody shall send two. */
    others: z.array(FoundLink),
    /** A link may be made now, by this member. */
    creatable: z.boolean(),
    /** The link that the intent shows, or what became of the request for one. */
    link: z
      .strictObject({
        status: z.enum(LINK_STATES),
        reason: z.enum(LINK_REASONS).nullable(),
        /** `null`: none that may be shared. */
        url: z.url().nullable(),
        expiresAt: z.iso.datetime().nullable(),
        createdAt: z.iso.datetime(),
        /** The signed-in member made it. */
        mine: z.boolean(),
        /** An answer to our own request named it, and it is open: it may be deactivated here. */
        deactivatable: z.boolean(),
        payments: z.array(LinkPayment),
        /** After a lost answer: links at the bank that may be ours. The member chooses. */
        candidates: z.array(FoundLink),
        /** After a lost answer: it was looked for long enough, the member may say that there is none. */
        mayBeNone: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'PayLink' });
export type PayLink = z.infer<typeof PayLink>;

/** `POST …/provider`: connects Qonto to the payment provider; the state says where to go on. */
export const ProviderForm = z
  .strictObject({
    pageToken: z.string(),
    /** Where the money arrives. */
    account: z.string(),
    /** E.164, such as +33612345678. */
    phone: z.string(),
    /** What the company sells: nothing, or at least 80 characters. */
    description: z.string().optional(),
    website: z.string().optional(),
  })
  .meta({ id: 'ProviderForm' });

const Names = z.union([z.string(), z.array(z.string())]);

/** `POST …/link`: makes the link. `acceptOthers=yes`: although another one of the invoice is open. */
export const LinkForm = z
  .strictObject({
    idempotencyKey: z.string(),
    pageToken: z.string(),
    /** Names of methods: one, several separated by commas, or repeated. */
    methods: Names,
    acceptOthers: z.literal('yes').optional(),
  })
  .meta({ id: 'LinkForm' });

/** `POST …/link/choose`: which of the candidates is the one to share, `none` of them, or `nothing-found`. */
export const CandidateForm = z
  .strictObject({ pageToken: z.string(), candidate: z.string() })
  .meta({ id: 'CandidateForm' });
