import { describe, expect, it, vi } from 'vitest';
import { becomes, eventually, mount, type Room, setHidden, shows, snapshotOf } from './room.js';

const live = (id: string) => snapshotOf('processing', { id });

/** More buttons for the room of the first one. */
async function mountMore(first: Element, room: Room, ids: string[]): Promise<void> {
  for (const intent of ids) {
    const element = document.createElement('qonto-pay-button');
    Object.assign(element, { bff: room.base, intent });
    first.after(element);
    await becomes(element, 'processing');
  }
}

describe('the stream', () => {
  it('is not opened while nothing can change', async () => {
    const { element, room } = await mount();
    await becomes(element, 'open');
    expect(await room.seen('events')).toEqual([]);
  });

  it('is opened for a payment that is under way and closed at its end', async () => {
    const { element, room } = await mount([snapshotOf('processing')]);
    await eventually(async () => (await room.streams()).length === 1, 'one stream');
    expect((await room.seen('snapshot')).length).toBe(1);
    await room.says(snapshotOf('settled'));
    await becomes(element, 'settled');
    await eventually(async () => (await room.streams()).length === 0, 'no stream');
  });

  it('is one for two buttons of the same intent, and at most two on a page', async () => {
    const { element, room } = await mount([live('in_1'), live('in_2'), live('in_3')]);
    await becomes(element, 'processing');
    await mountMore(element, room, ['in_1', 'in_2', 'in_3']);
    await eventually(async () => (await room.streams()).length === 2, 'two streams');
    expect((await room.streams()).sort()).toEqual(['in_2', 'in_3']);
    await room.says(snapshotOf('settled', { id: 'in_1' }));
    await becomes(element, 'settled');
  });

  it('leaves the others to one request for all', async () => {
    const ids = ['in_1', 'in_2', 'in_3', 'in_4'];
    const { element, room } = await mount(ids.map(live));
    await becomes(element, 'processing');
    await mountMore(element, room, ids.slice(1));
    await eventually(async () => (await room.seen('list')).length > 0, 'a list is asked');
    expect((await room.seen('list'))[0]?.path).toBe('/v1/intents?ids=in_1,in_2');
  });

  it('asks for a hundred at a time', async () => {
    const ids = Array.from({ length: 104 }, (_, index) => `in_${index + 1}`);
    const { element, room } = await mount(ids.map(live));
    await mountMore(element, room, ids.slice(1));
    await eventually(async () => (await room.seen('list')).length > 1, 'two lists are asked');
    const counts = (await room.seen('list')).map(({ path }) => path.split(',').length);
    expect(counts.slice(0, 2)).toEqual([100, 2]);
  });

  it('ends when the element leaves the page', async () => {
    const { element, room } = await mount([snapshotOf('processing')]);
    await eventually(async () => (await room.streams()).length === 1, 'one stream');
    element.remove();
    await eventually(async () => (await room.streams()).length === 0, 'no stream');
  });

  it('ignores what is older than what is shown', async () => {
    const old = snapshotOf('processing');
    const { element, room, events } = await mount([snapshotOf('approval_needed')]);
    await eventually(async () => (await room.streams()).length === 1, 'one stream');
    await room.says(old);
    await room.says(snapshotOf('approval_needed'));
    await eventually(() => events.length === 2, 'the newer one is told');
    expect(element.status).toBe('approval_needed');
  });
});

describe('a tab that is not looked at', () => {
  it('has no stream; back again it first asks how things are, and hints', async () => {
    const { element, room } = await mount([snapshotOf('approval_needed')]);
    await eventually(async () => (await room.streams()).length === 1, 'one stream');
    setHidden(true);
    await eventually(async () => (await room.streams()).length === 0, 'no stream');
    const asked = (await room.seen('snapshot')).length;
    setHidden(false);
    await eventually(async () => (await room.streams()).length === 1, 'one stream again');
    expect((await room.seen('snapshot')).length).toBe(asked + 1);
    expect((await room.seen('hint')).length).toBe(1);
    const order = (await room.script({})).requests.map((request) => request.kind);
    expect(order.lastIndexOf('snapshot')).toBeLessThan(order.lastIndexOf('events'));
    expect(element.status).toBe('approval_needed');
  });

  it('sends no hint when the phone is not asked', async () => {
    const { room } = await mount([snapshotOf('processing')]);
    await eventually(async () => (await room.streams()).length === 1, 'one stream');
    setHidden(true);
    setHidden(false);
    await eventually(async () => (await room.seen('snapshot')).length === 2, 'it asks');
    expect(await room.seen('hint')).toEqual([]);
  });

  it('learns of a payment that was made elsewhere meanwhile', async () => {
    const { element, room } = await mount();
    await becomes(element, 'open');
    setHidden(true);
    await room.says(snapshotOf('settled'));
    setHidden(false);
    await becomes(element, 'settled');
  });

  it('asks again when the page comes back from the cache of the browser', async () => {
    const { element, room } = await mount();
    await becomes(element, 'open');
    await room.says(snapshotOf('settled'));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await becomes(element, 'settled');
  });
});

describe('a stream that does not flow', () => {
  it('is replaced by polling when the BFF answers no stream', async () => {
    const { element, room } = await mount();
    await room.script({
      snapshots: [snapshotOf('processing')],
      answers: { events: { status: 429 } },
    });
    await element.refresh();
    await eventually(async () => (await room.seen('events')).length === 1, 'a stream is tried');
    await room.says(snapshotOf('settled'));
    await becomes(element, 'settled');
    expect((await room.seen('events')).length).toBe(1);
  });

  it('is replaced by polling without a first byte in 5 s, and tried again after a minute', async () => {
    const { element, room } = await mount();
    await room.script({
      snapshots: [snapshotOf('processing')],
      answers: { events: { silent: true } },
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    await element.refresh();
    await eventually(async () => (await room.seen('events')).length === 1, 'a stream is tried');
    const asked = (await room.seen('snapshot')).length;
    await vi.advanceTimersByTimeAsync(8000);
    await eventually(async () => (await room.seen('snapshot')).length > asked, 'it polls');
    await room.script({ answers: { events: null } });
    await vi.advanceTimersByTimeAsync(60_000);
    await eventually(async () => (await room.streams()).length === 1, 'a stream again');
  });

  it('is asked after 35 s of silence, and kept when nothing was missed', async () => {
    const { element, room } = await mount();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    await room.says(snapshotOf('processing'));
    await element.refresh();
    await eventually(async () => (await room.streams()).length === 1, 'one stream');
    const asked = (await room.seen('snapshot')).length;
    await vi.advanceTimersByTimeAsync(35_500);
    await eventually(async () => (await room.seen('snapshot')).length === asked + 1, 'one look');
    expect((await room.seen('events')).length).toBe(1);
    await room.script({ snapshots: [snapshotOf('approval_needed')], isQuiet: true });
    await vi.advanceTimersByTimeAsync(35_500);
    await shows(element, 'Approve on your phone');
    await eventually(async () => (await room.streams()).length === 0, 'given up');
  });

  it('comes back by itself after a cut', async () => {
    const { element, room } = await mount([snapshotOf('processing')]);
    await eventually(async () => (await room.streams()).length === 1, 'one stream');
    await room.script({ cut: true });
    await eventually(async () => (await room.seen('events')).length === 2, 'a second stream');
    await room.says(snapshotOf('settled'));
    await becomes(element, 'settled');
  });
});
