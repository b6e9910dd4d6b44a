import type { PanelMessages } from './panel-messages.js';

export const panelFr: PanelMessages = {
  title: 'Paiement',
  titleMany: (count) => `Paiement de ${count} factures`,
  fold: 'Réduire',
  unfold: 'Détails',
  continueHere: 'Continuer dans cet onglet',
  openPayPage: 'Ouvrir la page de paiement',
  retry: 'Réessayer',
  states: {
    connecting: {
      heading: 'Continuez dans la fenêtre de paiement',
      sentence: 'Connectez-vous à Qonto, vérifiez le paiement et confirmez-le.',
    },
    open: {
      heading: 'Prêt à être payé',
      sentence: 'Appuyez sur le bouton pour payer.',
    },
    withdrawn: {
      heading: 'Demande retirée',
      sentence: 'L’émetteur a retiré cette demande. Il n’y a rien à payer ici.',
    },
    lapsed: {
      heading: 'Demande expirée',
      sentence: 'Demandez-en une nouvelle à l’émetteur.',
    },
  },
  problem: 'Cela n’a pas fonctionné',
  problems: {
    'intent-missing': 'Ce bouton n’est relié à aucune facture. Merci de le signaler au site.',
    'intent-failed': 'Ce site n’a pas pu préparer le paiement. Rien n’a été payé, réessayez.',
    'intent-not-found': 'Cette facture est inconnue. Rechargez la page ou contactez l’émetteur.',
    'mode-mismatch': 'Cette facture ne convient pas à ce bouton. Merci de le signaler au site.',
    connection: 'Le suivi est indisponible ici. La page de paiement l’affiche.',
    'window-blocked': 'La fenêtre ne s’est pas ouverte\u00a0? Continuez dans cet onglet.',
  },
  payRest: (count) => (count > 1 ? `Payer les ${count} restantes` : 'Payer la dernière'),
};
