import { minifySync, type Plugin } from 'vite';

/**
 * Names of ours that no page can see, shortened in the script that pages load. Never one of: the
 * element's public API, a field of a snapshot, a property that a template sets, an export.
 */
const LONG = [
  'startedAtMs',
  'isOpened',
  'isPanelShown',
  'isFolded',
  'isHeadingWanted',
  'announcement',
  'noSnapshot',
  'loadLaterPart',
  'visibilityChanged',
  'isMismatch',
  'textFor',
  'renderFacts',
  'takers',
  'deliver',
  'isFlowing',
  'snapshots',
  'changed',
  'payPlain',
  'payMany',
  'opening',
  'titleMany',
  'continueHere',
  'openPayPage',
  'retry',
  'minutesLeft',
  'clockLeft',
  'secondsLeft',
  'timeIsUp',
  'approveHeading',
  'problems',
  'unfold',
  'sentence',
  'heading',
  'payUrl',
  'client',
  'renderBody',
  // Lit's own, between its classes only. Not those that it also names by a string.
  'isUpdatePending',
  'hasUpdated',
  'renderOptions',
  'createRenderRoot',
  'getPropertyOptions',
  'enableUpdating',
  'scheduleUpdate',
  'performUpdate',
  'elementStyles',
  'shadowRootOptions',
  'finalizeStyles',
  'createProperty',
  'useDefault',
  'renderRoot',
  'converter',
  'hasChanged',
  'fromAttribute',
  'toAttribute',
  'reflect',
  'setConnected',
  'renderBefore',
  'hostConnected',
  'hostDisconnected',
  'hostUpdate',
  'hostUpdated',
  'addController',
  'problem',
];

const cache = Object.fromEntries(LONG.map((name, index) => [name, `_${index.toString(36)}`]));

/** The button and its later part are two files that must agree on each short name. */
export const shortNames = (): Plugin => ({
  name: 'short-names',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue;
      const mangleProps = { include: new RegExp(`^(${LONG.join('|')})$`), cache };
      const { code, errors } = minifySync(file.fileName, file.code, { module: true, mangleProps });
      if (errors[0]) this.error(errors[0].message);
      file.code = code;
    }
  },
});
