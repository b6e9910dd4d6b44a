import type { ReceivablesMessages } from './receivables-messages.js';

/** Before `;`, `:` and inside « » stands a no-break space (U+00A0), as French typography asks. */
export const receivablesFr: ReceivablesMessages = {
  page: 'Être payé',
  list: 'Vos factures émises',
  collectThis: 'Se faire payer par un lien',
  makeLink: 'Créer un lien de paiement avec Qonto',
  memberHint:
    'Ici, vous êtes ACME SAS. Alice Martin, la dirigeante, crée le lien ; le premier connecte le prestataire de paiement.',
  clientTitle: 'Ce que voit votre client',
  clientHint:
    'Le lien ouvre une page de paiement de la banque, ici celle de la banque de test. Ouvrez-la comme votre client, et payez avec une carte d’essai :',
  cards: [
    { number: '4242 4242 4242 4242', what: 'payé tout de suite' },
    { number: '4000 0000 0000 3220', what: 'en cours pendant une minute, puis payé' },
    { number: '4000 0000 0000 0002', what: 'refusé : le lien reste ouvert' },
  ],
  clientEnd: 'Cette page l’apprend d’elle-même.',
  anybody: 'Quiconque réserve',
  make: 'Facturer autre chose',
  makeIntro: 'Crée une autre facture de votre entreprise, encore sans lien.',
  kind: 'Ce qui est facturé',
  kinds: {
    basket: 'Des lignes avec TVA, à payer une fois',
    invoice: 'Une facture comme un seul montant',
    reusable: 'Une prestation que plusieurs peuvent payer',
  },
  makeThis: 'Créer cette facture',
  states: {
    unpaid: 'Non payée',
    shared: 'Lien ouvert',
    'in-progress': 'En cours',
    paid: 'Payée',
  },
  paidTimes: (count) => `Payé ${count} fois`,
};
