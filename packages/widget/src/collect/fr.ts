import type { CollectMessages } from './collect-messages.js';

export const collectFr: CollectMessages = {
  title: 'Lien de paiement',
  fold: 'Réduire',
  unfold: 'Détails',
  labels: {
    making: 'Création en cours…',
    choosing: 'Un choix à faire',
    open: 'Partager le lien de paiement',
    reusable: 'Partager le lien de paiement',
    processing: 'Paiement en cours',
    expired: 'Créer un nouveau lien de paiement',
    canceled: 'Créer un nouveau lien de paiement',
  },
  states: {
    connecting: {
      heading: 'Continuez dans la fenêtre de paiement',
      sentence: 'Connectez-vous à Qonto, vérifiez la facture et créez le lien.',
    },
    none: {
      heading: 'Pas encore de lien de paiement',
      sentence: 'Appuyez sur le bouton pour en créer un pour votre client.',
    },
    making: {
      heading: 'Le lien est en cours de création',
      sentence:
        'Quelques secondes suffisent. Si la banque ne répond pas, nous y cherchons le lien.',
      next: 'Vous n’avez rien à faire. Aucun autre lien n’est créé entre-temps.',
    },
    choosing: {
      heading: 'Lequel est votre lien\u00a0?',
      sentence:
        'La réponse de la banque s’est perdue\u00a0; sa liste a des liens qui peuvent être le vôtre.',
      next: 'Dites lequel sur la page de paiement. Aucun autre lien n’est créé entre-temps.',
    },
    open: {
      heading: 'En attente de votre client',
      sentence: 'Envoyez le lien. Son paiement s’affichera ici.',
    },
    reusable: {
      heading: 'Ouvert aux paiements',
      sentence: 'Envoyez le lien. Il peut être payé plusieurs fois.',
    },
    processing: {
      heading: 'Paiement en cours',
      sentence: 'Votre client a commencé à payer. Le paiement n’est pas encore confirmé.',
      next: 'Vous n’avez rien à faire. Le résultat s’affichera ici.',
    },
    paid: {
      heading: 'Payé',
      sentence: 'Votre client a payé ce lien.',
      next: 'Vous n’avez plus rien à faire.',
    },
    expired: {
      heading: 'Le lien a expiré',
      sentence: 'Il ne peut plus être payé.',
      next: 'Vous pouvez en créer un nouveau avec le bouton.',
    },
    canceled: {
      heading: 'Le lien est désactivé',
      sentence: 'Il ne peut plus être payé.',
      next: 'Vous pouvez en créer un nouveau avec le bouton.',
    },
    withdrawn: {
      heading: 'Demande retirée',
      sentence: 'Cette demande a été retirée. Aucun lien ne peut être créé.',
    },
    lapsed: {
      heading: 'Demande expirée',
      sentence: 'Aucun lien ne peut plus être créé. Rechargez la page.',
    },
    unknown: {
      heading: 'Vérification en cours',
      sentence: 'Le résultat s’affichera ici.',
    },
  },
  problem: 'Cela n’a pas fonctionné',
  retry: 'Réessayer',
  continueHere: 'Continuer dans cet onglet',
  openPage: 'Ouvrir la page de paiement',
  manage: 'Gérer sur Qonto Pay',
  newTab: '(nouvel onglet)',
  paidTimes: (count) => (count ? `Payé ${count} fois jusqu’ici` : 'Pas encore payé'),
  validUntil: (day) => `Valable jusqu’au ${day}`,
  copy: 'Copier le lien',
  copied: 'Lien copié',
  selected: 'Le navigateur a refusé. Le lien est sélectionné\u00a0: copiez-le au clavier.',
  share: 'Partager…',
  email: 'E-mail',
  qr: 'QR code',
  qrAlternative: (host) => `QR code du lien de paiement sur ${host}`,
  qrSave: 'Enregistrer le code',
  qrFailed: 'Le QR code n’a pas pu être chargé. Merci de réessayer.',
  print: 'Imprimer',
  mailSubject: (amount) => `Paiement de ${amount}`,
  mailBefore: (amount) => ['Bonjour,', `Vous pouvez payer ${amount} en ligne avec ce lien\u00a0:`],
  mailAfter: (day) => [...(day && [`Il est valable jusqu’au ${day}.`]), 'Cordialement'],
};
