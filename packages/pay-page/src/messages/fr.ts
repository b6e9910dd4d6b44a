import type { Messages } from './messages.js';

/** Before `?`, `:` and inside « » stands a no-break space (U+00A0), as French typography asks. */
export const fr: Messages = {
  brand: 'Qonto Pay',
  loading: 'Chargement…',
  offline: 'Pas de connexion. La page reprendra d’elle-même dès son retour.',
  retrying: 'Nous réessayons automatiquement.',
  notices: {
    changed: 'Ce que vous avez vu a changé : veuillez vérifier à nouveau.',
    'check-pending':
      'Le nom du bénéficiaire est encore en cours de vérification. Veuillez patienter un instant.',
    decide: 'Décidez d’abord au sujet du bénéficiaire : cochez la case.',
    account: 'Ce compte ne peut pas être utilisé ici. Veuillez en choisir un autre.',
    'too-many':
      'Trop de demandes en peu de temps. Veuillez patienter quelques minutes, puis réessayer.',
    paused: 'Les paiements depuis ce site sont suspendus pour le moment. Rien n’a été payé.',
    bank: 'Qonto ne répond pas pour le moment. Rien n’a été payé. Veuillez réessayer sous peu.',
    refused: 'Qonto n’a pas accepté cette demande. Rien n’a été payé.',
    checking:
      'Nous vérifions si votre confirmation est arrivée. Veuillez ne pas payer une deuxième fois.',
    'not-arrived':
      'Votre confirmation n’est pas arrivée et rien n’a été payé. Vous pouvez confirmer à nouveau.',
    'try-again': 'La demande n’est pas passée. Veuillez réessayer.',
    reloaded:
      'La page n’était plus à jour, nous l’avons rechargée. Veuillez la vérifier et confirmer.',
    'not-cancelable': 'Il était trop tard pour annuler : le paiement est déjà en route.',
    'not-replaceable': 'Le téléphone a déjà répondu, aucune nouvelle demande ne lui a été envoyée.',
  },
  errors: {
    'not-found': {
      heading: 'Ce paiement n’existe pas',
      sentence: 'Le lien est peut-être incomplet. Veuillez repartir de la facture.',
    },
    'not-allowed': {
      heading: 'Vous ne pouvez pas payer ici',
      sentence:
        'Votre rôle ou l’offre de votre entreprise dans Qonto ne vous permet pas de préparer des paiements. Demandez à un propriétaire ou admin de votre entreprise de payer cette facture.',
    },
    bank: {
      heading: 'Qonto ne répond pas',
      sentence: 'Rien n’a été payé. Nous réessayons automatiquement.',
    },
    unreachable: {
      heading: 'Pas de connexion',
      sentence: 'Nous réessayons automatiquement.',
    },
  },
  closed: {
    paid: {
      heading: 'Déjà payée',
      sentence: 'Cette facture est payée. Vous n’avez plus rien à faire.',
    },
    'in-progress': {
      heading: 'Un paiement est en cours',
      sentence: 'Cette facture est déjà en cours de paiement. Veuillez ne pas la payer deux fois.',
    },
    withdrawn: {
      heading: 'Facture retirée',
      sentence: 'L’émetteur a retiré cette facture. Rien n’a été payé.',
    },
    lapsed: {
      heading: 'Plus disponible',
      sentence:
        'Ce paiement n’est plus possible ici. Repartez de la facture pour en ouvrir un autre.',
    },
  },
  signIn: {
    heading: {
      'signed-out': 'Payez avec votre compte Qonto',
      consent: 'Une autorisation de plus',
      fresh: 'Confirmez que c’est bien vous',
    },
    lead: (partner) => `${partner} vous demande de payer une facture.`,
    consent:
      'Qonto a besoin de votre autorisation pour que cette page prépare des paiements (« payment.write »). Sans elle, le paiement ne peut pas être envoyé.',
    fresh:
      'Vous faites confiance à ce bénéficiaire dans Qonto : votre téléphone ne sera pas sollicité. Connectez-vous à nouveau pour confirmer que c’est bien vous.',
    next: 'Vous vous connectez chez Qonto, puis vous voyez qui sera payé et combien. Rien n’est payé avant votre confirmation.',
    unseen: (partner) => `Ni nous ni ${partner} ne voyons jamais votre mot de passe.`,
    button: 'Se connecter avec Qonto',
  },
  review: {
    heading: 'Vérifier et payer',
    payingAs: (organization, member) => `Vous payez pour ${organization}, en tant que ${member}.`,
    signedInAs: (organization, member) =>
      `Vous êtes connecté pour ${organization}, en tant que ${member}.`,
    switchMember: 'Ce n’est pas vous ?',
    amount: 'Montant',
    payee: 'Bénéficiaire',
    iban: 'IBAN',
    bankIn: (country) => `Banque : ${country}`,
    reference: 'Référence',
    simplified: 'Simplifiée, car les banques ne transmettent que des lettres simples.',
    dueDate: 'Échéance',
    savedName: (saved) =>
      `Votre Qonto connaît cet IBAN sous le nom « ${saved} ». Veuillez vérifier le bénéficiaire.`,
    account: 'Payer depuis',
    balance: (amount) => `Solde : ${amount}`,
    balanceTooLow:
      'Le solde de ce compte est inférieur au montant. La banque peut refuser ; vous pouvez choisir un autre compte.',
    trusted:
      'Vous faites confiance à ce bénéficiaire dans Qonto : votre téléphone ne demandera pas de validation.',
    phone: 'Qonto vous demandera ensuite de valider sur votre téléphone.',
    checking: 'Vérification du nom du bénéficiaire…',
    pay: (amount) => `Payer ${amount}`,
    sending: 'Envoi…',
  },
  bankTransfer: 'Payer plutôt par virement',
  leave: 'Quitter sans payer',
  back: (partner) => `Retour à ${partner}`,
  again: 'Payer à nouveau',
  wait: {
    heading: (amount, count) =>
      count > 1 ? `Vos ${count} paiements, ${amount}` : `Votre paiement de ${amount}`,
    payments: 'Paiements',
    passkey: 'Qonto vous a envoyé un lien par SMS : ouvrez-le et utilisez votre clé d’accès.',
    closing: 'C’est confirmé. Cette fenêtre se ferme, la suite s’affiche sur la facture.',
    compare: 'Ne validez que si votre téléphone affiche la même chose.',
    trouble: 'Rien n’est arrivé ?',
    methods: {
      'paired-device': 'Envoyer à nouveau sur mon téléphone',
      passkey: 'Utiliser plutôt une clé d’accès',
    },
    ask: 'Demander à nouveau',
    asking: 'Demande en cours…',
    otherMember: 'Un collègue a confirmé ce paiement. Vous en voyez ici la suite.',
    cancel: 'Annuler le paiement',
    cancelHeading: 'Annuler ce paiement ?',
    cancelSentence: 'Rien ne sera payé. La validation sur le téléphone ne comptera plus.',
    cancelYes: 'Oui, annuler',
    cancelNo: 'Non, continuer',
  },
  results: {
    canceled: {
      heading: 'Paiement annulé',
      sentence:
        'Votre compte n’a pas été débité. Un téléphone peut encore demander une validation : elle ne paiera rien.',
      next: 'Vous pouvez payer à nouveau si la facture est encore due.',
    },
    unknown: {
      heading: 'Vérification en cours',
      sentence:
        'La banque n’a pas répondu : nous y recherchons le paiement. Veuillez ne pas payer une deuxième fois.',
      next: 'Le résultat s’affichera ici et sur la facture. Vous pouvez fermer cette page, la vérification continue.',
    },
    held: {
      heading: 'Vérification par une personne',
      sentence:
        'Ce paiement demande un examen plus attentif. Veuillez ne pas payer une deuxième fois.',
      next: 'Le résultat s’affichera ici et sur la facture. Vous pouvez fermer cette page.',
    },
  },
  end: {
    account: 'Compte débité',
    trustTip:
      'Vous payez souvent ce bénéficiaire ? Dans l’application web de Qonto, ouvrez le bénéficiaire et activez « Autoriser les virements automatisés » : la prochaine fois, votre téléphone ne sera pas sollicité.',
  },
  close: 'Fermer',
};
