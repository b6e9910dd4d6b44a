import type { ResultText, ViewMessages } from './view-messages.js';

/** To the person there is one step from the confirmation to the bank. */
const sending: ResultText = {
  heading: 'Envoi en cours',
  sentence: 'Votre paiement est transmis à la banque.',
  next: 'Cela prend quelques secondes.',
};

export const viewsFr: ViewMessages = {
  minutesLeft: (minutes) => `Encore ${minutes} min`,
  clockLeft: (clock) => `Encore ${clock}`,
  secondsLeft: (seconds) => `Encore ${seconds} secondes`,
  timeIsUp: 'Le délai est écoulé',
  approveHeading: 'Validez sur votre téléphone',
  help: [
    'Regardez votre téléphone\u00a0: Qonto vous demande de valider ce paiement.',
    'Pas de notification\u00a0? Ouvrez l’application Qonto, le paiement vous y attend.',
    'Toujours rien\u00a0? Vous pouvez choisir une autre méthode.',
  ],
  results: {
    confirmed: sending,
    sending,
    requested: {
      heading: 'En attente d’un collègue',
      sentence: 'Un propriétaire ou admin doit valider ce paiement dans Qonto.',
      next: 'Vous n’avez plus rien à faire. La réponse s’affichera ici.',
    },
    scheduled: {
      heading: 'Programmé',
      sentence: 'La banque enverra le paiement à la date choisie.',
      next: 'Vous n’avez plus rien à faire.',
    },
    processing: {
      heading: 'La banque s’en occupe',
      sentence: 'Le paiement est validé et en cours d’exécution.',
      next: 'Vous n’avez plus rien à faire. Vous pouvez fermer cette page.',
    },
    settled: {
      heading: 'Payé',
      sentence: 'La banque a exécuté le paiement.',
      next: 'Vous n’avez plus rien à faire.',
    },
    sent_unconfirmed: {
      heading: 'Envoyé',
      sentence: 'Le paiement a été envoyé, mais aucune banque n’en confirmera l’arrivée.',
      next: 'Ne payez pas une deuxième fois. Votre relevé indique le paiement.',
    },
    partially_settled: {
      heading: 'Payé en partie',
      sentence: 'Certains paiements ont été exécutés, d’autres non.',
      next: 'Ne payez que ceux qui n’ont pas été exécutés.',
    },
    declined: {
      heading: 'Refusé par la banque',
      sentence: 'Le paiement n’a pas été exécuté. Votre compte n’a pas été débité.',
      next: 'La page de paiement indique le motif. Vous pouvez réessayer.',
    },
    denied: {
      heading: 'Refusé sur le téléphone',
      sentence:
        'Le paiement a été refusé dans l’application Qonto. Votre compte n’a pas été débité.',
      next: 'Une erreur\u00a0? Vous pouvez payer à nouveau. Ce n’était pas vous\u00a0? Prévenez Qonto.',
    },
    expired: {
      heading: 'Délai dépassé',
      sentence: 'Personne n’a validé le paiement à temps. Votre compte n’a pas été débité.',
      next: 'Vous pouvez payer à nouveau, téléphone en main.',
    },
    canceled: {
      heading: 'Paiement annulé',
      sentence: 'Le paiement a été annulé. Votre compte n’a pas été débité.',
      next: 'Vous pouvez payer à nouveau si la facture est encore due.',
    },
    failed: {
      heading: 'Non envoyé',
      sentence: 'Un problème est survenu de notre côté. Rien n’est parvenu à la banque.',
      next: 'Vous pouvez payer à nouveau sans risque.',
    },
    unknown: {
      heading: 'Vérification en cours',
      sentence: 'La banque n’a pas répondu\u00a0: nous y recherchons le paiement.',
      next: 'Ne payez pas une deuxième fois. Le résultat s’affichera ici.',
    },
    held: {
      heading: 'Vérification par une personne',
      sentence: 'Ce paiement demande un examen plus attentif.',
      next: 'Ne payez pas une deuxième fois. Le résultat s’affichera ici.',
    },
  },
};
