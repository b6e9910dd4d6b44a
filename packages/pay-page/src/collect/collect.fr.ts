import { linkWords } from '@qonto-pay/shared/link-words/link.fr';
import type { CollectMessages } from './collect-messages.js';

/** Before `?`, `:` and inside « » stands a no-break space (U+00A0), as French typography asks. */
export const words: CollectMessages = {
  ...linkWords,
  leave: 'Quitter sans créer de lien',
  problems: {
    ...linkWords.problems,
    'link-lost':
      'Aucune réponse n’est arrivée. Vous pouvez appuyer à nouveau\u00a0: un seul lien sera créé.',
    'not-the-payee':
      'La facture nomme une autre entreprise à payer. Connectez-vous pour celle-ci avec «\u00a0Ce n’est pas vous\u00a0?\u00a0».',
    'not-allowed':
      'Qonto ne l’autorise qu’à un propriétaire ou admin de votre entreprise. Demandez-le à l’un d’eux.',
    'bank-unavailable': 'Qonto ne répond pas pour le moment. Veuillez réessayer sous peu.',
    'bank-refused': 'Qonto n’a pas accepté cette demande, sans motif connu.',
    'partner-paused':
      'Les liens de paiement depuis ce site sont suspendus pour le moment. Aucun lien n’a été créé.',
  },
  amount: 'À encaisser',
  quantity: (quantity, price) => `${quantity} × ${price}`,
  vatRate: (rate) => `TVA\u00a0${rate}`,
  ofRow: (net, vat) => `HT\u00a0${net}, TVA\u00a0${vat}`,
  creating: 'Création…',
  copy: 'Copier',
  copied: 'Copié',
  notCopied: 'Le navigateur n’a pas autorisé la copie. Sélectionnez le lien et copiez-le.',
  closing: 'Votre lien est prêt. Cette fenêtre se ferme, il s’affiche sur la facture.',
  again: 'Réessayer',
  keep: 'Non, le garder',
};
