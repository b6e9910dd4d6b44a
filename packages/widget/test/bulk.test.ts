import { fixture } from '@open-wc/testing';
import type { TransferSnapshot as Snapshot } from '@qonto-pay/shared';
import { html } from 'lit';
import { describe, expect, it } from 'vitest';
import type { QontoPayButton } from '../src/qonto-pay-button.js';
import {
  becomes,
  eventually,
  expectAccessible,
  label,
  mount,
  panelWords,
  part,
  parts,
  Room,
  shows,
  snapshotOf,
  spoken,
  stubWindow,
  wordsIn,
} from './room.js';

type Status = Snapshot['status'];

/** Rows as `[how many, of which status]`, in their order. */
function bulk(status: Status, rows: [number, Status][], given: Partial<Snapshot> = {}): Snapshot {
  const statuses = rows.flatMap(([count, each]) => Array<Status>(count).fill(each));
  const items = statuses.map((each, index) => ({ index, status: each }));
  return snapshotOf(status, { count: items.length, amount: '48210.55', items, ...given });
}

const PAYABLE = { payable: true, why: null } as const;
const partly = (rows: [number, Status][]): Snapshot => bulk('partially_settled', rows, PAYABLE);

/** Text with no-break spaces as plain ones. */
const plain = (text: string): string => text.replace(/\s/g, ' ');
const rowLines = (element: Element): string[] => parts(element, 'row').map(wordsIn);
const bar = (element: Element) => part(element, 'progress');
const action = (element: Element, words: string): HTMLElement | undefined =>
  parts(element, 'action').find((it) => wordsIn(it) === words);

describe('the button of several invoices', () => {
  it.each([
    ['en', 'Pay 37 invoices · €48,210.55'],
    ['fr', 'Payer 37 factures · 48 210,55 €'],
  ])('counts them and names their amount (%s)', async (lang, words) => {
    const { element } = await mount([bulk('open', [[37, 'open']])], { lang });
    await becomes(element, 'open');
    expect(plain(label(element))).toBe(words);
    expect(plain(wordsIn(part(element, 'amount')))).toMatch(/48.210.55/);
  });

  it('follows the hints until there is a snapshot, and the snapshot then', async () => {
    stubWindow();
    const room = new Room();
    await room.says(bulk('open', [[36, 'open']]));
    const page = await fixture<HTMLElement>(
      html`<p lang="en">
        <qonto-pay-button bff=${room.base} count="37" amount="48210.55"></qonto-pay-button>
      </p>`,
    );
    const element = page.querySelector('qonto-pay-button') as QontoPayButton;
    expect(label(element)).toBe('Pay 37 invoices · €48,210.55');
    element.count = 2;
    element.amount = '10.00';
    await element.updateComplete;
    expect(label(element)).toBe('Pay 2 invoices · €10.00');
    element.amount = '';
    await element.updateComplete;
    expect(label(element)).toBe('Pay 2 invoices');
    element.intent = 'in_1';
    await becomes(element, 'open');
    expect(label(element)).toBe('Pay 36 invoices · €48,210.55');
  });

  it.each([
    [
      'en',
      [
        [34, 'settled'],
        [3, 'declined'],
      ],
      'Pay the remaining 3',
    ],
    [
      'fr',
      [
        [34, 'settled'],
        [3, 'declined'],
      ],
      'Payer les 3 restantes',
    ],
    [
      'fr',
      [
        [36, 'settled'],
        [1, 'failed'],
      ],
      'Payer la dernière',
    ],
    [
      'en',
      [
        [7, 'settled'],
        [30, 'open'],
      ],
      'Pay the remaining 30',
    ],
  ] as [string, [number, Status][], string][])(
    'pays what is left (%s)',
    async (lang, rows, words) => {
      const { element, button } = await mount([partly(rows)], { lang });
      await eventually(() => label(element) === words, words);
      const opened = stubWindow();
      button.click();
      expect(opened).toHaveBeenCalledOnce();
    },
  );

  it('pays all again when nobody has paid anything', async () => {
    const { element } = await mount([bulk('denied', [[37, 'denied']])]);
    await shows(element, 'Refused on the phone');
    expect(label(element)).toBe('Pay 37 invoices · €48,210.55');
  });

  it.each<[Status, Partial<Snapshot>, string]>([
    ['requested', {}, 'Waiting for a colleague'],
    ['scheduled', {}, 'Scheduled'],
    ['approval_needed', {}, 'In progress'],
    ['processing', {}, 'In progress'],
    ['settled', {}, 'Paid'],
    ['partially_settled', { why: 'withdrawn' }, 'Partly paid'],
    ['open', { payable: false, why: 'lapsed' }, 'Expired'],
  ])('says what is so when it is %s', async (status, given, words) => {
    const { element } = await mount([bulk(status, [[37, status]], given)]);
    await becomes(element, status);
    await eventually(() => label(element) === words, words);
  });
});

describe('the panel of several invoices', () => {
  it('counts what is paid, what is not, what is scheduled and what is in progress', async () => {
    const { element } = await mount([
      bulk('processing', [
        [5, 'settled'],
        [1, 'sent_unconfirmed'],
        [2, 'declined'],
        [3, 'processing'],
        [1, 'scheduled'],
        [1, 'unknown'],
        [1, 'melted' as Status],
        [1, 'open'],
      ]),
    ]);
    await shows(element, '6 of 15 paid');
    const words = panelWords(element);
    for (const count of [
      '2 not paid',
      '2 being checked',
      '1 scheduled',
      '3 in progress',
      '1 to pay',
    ])
      expect(words).toContain(count);
    expect(rowLines(element)).toEqual([
      'Rows 7–8 were not paid.',
      'Rows 13–14 are being checked. Do not pay again.',
      'Row 12 is scheduled.',
    ]);
  });

  it('is a progress bar with its words', async () => {
    const { element } = await mount([
      bulk('processing', [
        [300, 'settled'],
        [97, 'processing'],
        [3, 'declined'],
      ]),
    ]);
    await shows(element, '300 of 400 paid');
    const progress = bar(element);
    expect(progress?.role).toBe('progressbar');
    expect(progress?.ariaValueMin).toBe('0');
    expect(progress?.ariaValueMax).toBe('400');
    expect(progress?.ariaValueNow).toBe('300');
    expect(progress?.ariaValueText).toBe('300 of 400 paid, 3 not paid, 97 in progress');
    expect(progress?.ariaLabelledByElements?.map(wordsIn)).toEqual(['300 of 400 paid']);
    const [paid = 0, failed = 0, waiting = 0] = [...(progress?.children ?? [])].map(
      (segment) => segment.getBoundingClientRect().width,
    );
    expect(paid / waiting).toBeCloseTo(300 / 97, 0);
    expect(failed).toBeGreaterThanOrEqual(4);
  });

  it('names twelve rows or runs of rows at most, and counts the others', async () => {
    const rows = Array.from({ length: 20 }, (): [number, Status][] => [
      [1, 'failed'],
      [2, 'settled'],
    ]);
    const { element } = await mount([partly([[3, 'failed'], [2, 'settled'], ...rows.flat()])]);
    await shows(element, '42 of 65 paid');
    expect(rowLines(element)).toEqual([
      'Rows 1–3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36 and 9 more were not paid.',
    ]);
  });

  it.each([
    ['en', 'Rows 4, 17 and 212 were not paid.', 'See why', 'Retry the 3 that failed'],
    [
      'fr',
      'Les lignes 4, 17 et 212 n’ont pas été payées.',
      'Voir pourquoi',
      'Réessayer les 3 non payées',
    ],
  ])(
    'ends partly paid, with the reasons and another try one click away (%s)',
    async (lang, ...words) => {
      const [line = '', why = '', retry = ''] = words;
      const { element, room } = await mount(
        [
          partly([
            [3, 'settled'],
            [1, 'declined'],
            [12, 'settled'],
            [1, 'canceled'],
            [194, 'settled'],
            [1, 'declined'],
            [188, 'settled'],
          ]),
        ],
        { lang },
      );
      await shows(element, line);
      expect(rowLines(element)).toEqual([line]);
      const link = action(element, why);
      expect(link?.getAttribute('href')).toBe(`${room.base}/pay/in_1?lang=${lang}`);
      expect(link?.getAttribute('target')).toBe('_blank');
      const opened = stubWindow();
      action(element, retry)?.click();
      expect(opened).toHaveBeenCalledExactlyOnceWith(
        `${room.base}/pay/in_1?lang=${lang}&window=1`,
        'qonto-pay-in_1',
        expect.stringContaining('popup'),
      );
      await becomes(element, 'connecting');
      expect(action(element, retry)).toBeUndefined();
    },
  );

  it('offers no other try while the rest still settles, or when nothing may be paid', async () => {
    const rows: [number, Status][] = [
      [2, 'settled'],
      [1, 'declined'],
      [1, 'processing'],
    ];
    const { element, room } = await mount([bulk('processing', rows, PAYABLE)]);
    await shows(element, 'See why');
    expect(panelWords(element)).not.toContain('Retry');
    const withdrawn = { payable: false, why: 'withdrawn' } as const;
    await room.says(
      bulk(
        'partially_settled',
        [
          [3, 'settled'],
          [1, 'declined'],
        ],
        withdrawn,
      ),
    );
    await becomes(element, 'partially_settled');
    expect(panelWords(element)).not.toContain('Retry');
  });

  it('shows how a second payment of the failed rows goes', async () => {
    const again = (status: Status): Snapshot =>
      bulk(status, [
        [34, 'settled'],
        [3, status],
      ]);
    const { element, room } = await mount([again('approval_needed')]);
    await shows(element, 'Approve on your phone');
    await shows(element, '34 of 37 paid');
    expect(panelWords(element)).toContain('3 in progress');
    await room.says(again('settled'));
    await shows(element, '37 of 37 paid');
  });

  it.each<[Status, string]>([
    ['approval_needed', 'Approve on your phone'],
    ['requested', 'An owner or admin has to approve this payment in Qonto.'],
    ['scheduled', 'The bank will send the payment on the chosen date.'],
    ['declined', 'Open the payment page'],
    ['denied', 'Refused on the phone'],
  ])('leaves it to one sentence when all rows are %s', async (status, words) => {
    const { element } = await mount([bulk(status, [[37, status]])]);
    await shows(element, words);
    await eventually(() => customElements.get('qpay-bulk-progress') !== undefined, 'the rows');
    expect(bar(element)).toBeUndefined();
    expect(rowLines(element)).toEqual([]);
  });

  it('stays as quick with 400 rows that all fare differently', async () => {
    const statuses: Status[] = ['settled', 'declined', 'processing', 'scheduled'];
    const rows = Array.from({ length: 400 }, (_, at): [number, Status] => [
      1,
      statuses[at % 4] as Status,
    ]);
    const { element } = await mount([bulk('processing', rows)]);
    await shows(element, '100 of 400 paid');
    expect(rowLines(element)[0]).toMatch(/^Rows 2, 6, .*, 46 and 88 more were not paid\.$/);
    const elements = element.shadowRoot?.querySelector('qpay-panel')?.shadowRoot;
    const inside = elements?.querySelector('qpay-bulk-progress')?.shadowRoot?.querySelectorAll('*');
    expect(inside?.length).toBeLessThan(40);
  });
});

describe('what is said aloud of several invoices', () => {
  const settled = (count: number): Snapshot =>
    bulk('processing', [
      [count, 'settled'],
      [400 - count, 'processing'],
    ]);

  it('is each quarter once, then the end', async () => {
    const { element, room } = await mount([settled(0)]);
    await shows(element, '0 of 400 paid');
    expect(spoken(element)).toBe('');
    const said: string[] = [];
    const region = element.shadowRoot?.querySelector('[role="status"]');
    new MutationObserver(() => said.push(spoken(element))).observe(region as Node, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    for (const count of [40, 99, 100, 130, 199, 210, 299, 301, 380]) {
      await room.says(settled(count));
      await shows(element, `${count} of 400 paid`);
    }
    await room.says(
      partly([
        [398, 'settled'],
        [2, 'declined'],
      ]),
    );
    await becomes(element, 'partially_settled');
    await eventually(() => said.at(-1)?.startsWith('Partly paid') ?? false, 'the end is said');
    expect(said).toEqual([
      '100 of 400 paid, 300 in progress.',
      '210 of 400 paid, 190 in progress.',
      '301 of 400 paid, 99 in progress.',
      'Partly paid. 398 of 400 paid, 2 not paid. Rows 399–400 were not paid.',
    ]);
  });

  it('is the panel’s own sentence when all were refused alike', async () => {
    const { element, room } = await mount([bulk('approval_needed', [[37, 'approval_needed']])]);
    await shows(element, 'Approve on your phone');
    await room.says(bulk('denied', [[37, 'denied']]));
    await eventually(() => spoken(element).startsWith('Refused on the phone.'), 'it is said');
    expect(spoken(element)).toContain('No money has left your account.');
  });
});

describe.each(['light', 'dark'] as const)('several invoices in %s', (appearance) => {
  const ROWS: [number, Status][] = [
    [250, 'settled'],
    [3, 'declined'],
    [100, 'processing'],
    [40, 'scheduled'],
    [2, 'held'],
    [5, 'open'],
  ];

  it.each<[string, Snapshot]>([
    ['under way', bulk('processing', ROWS)],
    [
      'partly paid',
      partly([
        [397, 'settled'],
        [3, 'declined'],
      ]),
    ],
    ['asked of a colleague', bulk('requested', [[400, 'requested']])],
    ['paid', bulk('settled', [[400, 'settled']])],
  ])('%s have no fault and fit in 328 px', async (_what, snapshot) => {
    document.documentElement.style.colorScheme = appearance;
    document.body.style.background = appearance === 'dark' ? '#141416' : '#f6f5f2';
    document.title = 'Invoices';
    document.documentElement.lang = 'en';
    const { element, button } = await mount([snapshot], { appearance });
    await becomes(element, snapshot.status);
    if (snapshot.status === 'settled') button.click();
    const page = element.parentElement as HTMLElement;
    page.style.inlineSize = '328px';
    await eventually(() => part(element, 'panel') !== undefined, 'the panel');
    if (snapshot.status !== 'requested') await eventually(() => !!bar(element), 'the progress');
    await expectAccessible(element);
    expect(page.scrollWidth).toBeLessThanOrEqual(328);
    for (const target of parts(element, 'action'))
      expect(target.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
  });
});
