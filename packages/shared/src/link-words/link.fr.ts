import type { LinkWords } from './link-words.js';

const TRY_AGAIN = 'Vous pouvez en créer un nouveau si la facture est encore due.';

/** Before `?`, `:` and inside « » stands a no-break space (U+00A0), as French typography asks. */
export const linkWords: LinkWords = {
  problems: {
    'link-in-progress': 'Il existe déjà un lien de paiement pour cette facture.',
    'other-links-open':
      'Un autre lien de cette facture est ouvert. Partagez celui-là, ou cochez la case pour en créer un autre.',
    'link-not-open': 'Le lien n’est plus ouvert\u00a0: il n’y avait rien à désactiver.',
    'link-not-ours':
      'Nous ne sommes pas certains que ce lien ait été créé ici, nous n’y avons donc pas touché. Désactivez-le dans votre application Qonto.',
    'candidate-not-found':
      'Nous cherchons encore, ou ce lien n’est plus parmi ceux trouvés. «\u00a0Aucun de ceux-ci\u00a0» peut être choisi dix minutes après la demande.',
    'method-not-enabled':
      'Un des moyens de paiement n’est pas activé chez Mollie. Veuillez les vérifier à nouveau.',
    'invalid-methods': 'Choisissez au moins un moyen de paiement.',
    'provider-not-connected': 'Votre entreprise n’est pas encore connectée à Mollie.',
    'provider-unavailable':
      'Qonto ne propose pas de liens de paiement à votre entreprise pour le moment.',
  },
  errors: {
    'not-allowed': {
      heading: 'Vous ne pouvez pas créer de liens',
      sentence:
        'Seul un propriétaire ou admin de votre entreprise peut créer des liens de paiement dans Qonto. Demandez à l’un d’eux d’ouvrir cette page.',
    },
    bank: {
      heading: 'Qonto ne répond pas',
      sentence: 'Aucun lien n’a été créé. Nous réessayons automatiquement.',
    },
  },
  closed: {
    withdrawn: {
      heading: 'Facture retirée',
      sentence: 'Cette facture a été retirée\u00a0: elle n’aura plus de lien de paiement.',
    },
    lapsed: {
      heading: 'Plus disponible',
      sentence: 'Il n’est plus possible de créer un lien ici. Veuillez repartir de la facture.',
    },
  },
  signIn: {
    heading: 'Faites-vous payer par lien',
    lead: (partner) =>
      `Avec ${partner}, vous créez un lien de paiement pour une facture\u00a0: votre client l’utilise pour payer sur votre compte Qonto.`,
    permission:
      'Qonto vous demande d’autoriser les liens de paiement pour cette page («\u00a0payment_link.read\u00a0» et «\u00a0payment_link.write\u00a0»)\u00a0: elle crée le lien et voit quand il est payé. Cela ne permet pas de débiter votre compte.',
    next: 'Vous vous connectez chez Qonto, puis vous voyez ce qui sera encaissé. Aucun lien n’est créé avant votre confirmation.',
  },
  collectingAs: (organization, member) =>
    `Vous encaissez pour ${organization}, en tant que ${member}.`,
  review: {
    heading: 'Vérifier et créer le lien',
    sentence: 'Veuillez vérifier ce qui sera encaissé.',
    item: 'Article',
    withVat: 'TTC',
    type: { good: 'Bien', service: 'Service' },
    net: 'Total HT',
    vat: (rate, net) => `TVA ${rate} sur ${net}`,
    total: 'Total TTC',
    invoice: 'Facture',
    debtor: 'Client',
    reusable:
      'Le lien est réutilisable\u00a0: plusieurs clients peuvent le payer, chacun le montant entier, jusqu’à son expiration ou sa désactivation.',
    once: 'Le lien ne peut être payé qu’une fois.',
    payee: 'Virements reçus par',
    methods: 'Comment votre client peut payer',
    notEnabled: 'non activé chez Mollie',
    noMethod:
      'Aucun de ces moyens n’est activé chez Mollie. Activez-en un, puis rouvrez cette page.',
    create: (amount) => `Créer le lien de paiement de ${amount}`,
    hint: 'Personne n’est prévenu\u00a0: c’est vous qui partagez le lien.',
  },
  others: {
    heading: 'Autres liens de cette facture',
    sentence:
      'Qonto connaît déjà ces liens de la même facture. Partagez l’un d’eux, pour que personne ne paie deux fois.',
    doubt:
      'Un de ces liens a été payé. Assurez-vous qu’il concernait une autre facture avant d’en créer un nouveau.',
    paid: 'Cette facture a été payée par un autre lien\u00a0: aucun nouveau lien n’est créé.',
    accept: 'Créer tout de même un autre lien',
  },
  methods: {
    credit_card: 'Carte',
    apple_pay: 'Apple Pay',
    paypal: 'PayPal',
    ideal: 'iDEAL',
  },
  found: {
    open: 'Ouvert',
    processing: 'Paiement en cours',
    paid: 'Payé',
    expired: 'Expiré',
    canceled: 'Désactivé',
    unrecognized: 'Statut inconnu',
    created: (date) => `créé le ${date}`,
  },
  states: {
    making: {
      heading: 'Création du lien',
      sentence: 'Qonto crée votre lien de paiement.',
      next: 'Cela prend quelques secondes.',
    },
    unknown: {
      heading: 'Vérification en cours',
      sentence:
        'Qonto n’a pas répondu\u00a0; nous vérifions si le lien a été créé. Veuillez ne pas en créer un autre.',
      next: 'Le lien s’affichera ici et sur la facture. Vous pouvez fermer cette page, la vérification continue.',
    },
    withdrawing: {
      heading: 'Le lien est en cours de retrait',
      sentence: 'Personne ne doit le payer\u00a0: nous le désactivons chez Qonto.',
      next: 'Cette page vous dira quand vous pourrez réessayer.',
    },
    open: {
      heading: 'Votre lien de paiement est prêt',
      sentence: 'Partagez-le avec votre client.',
    },
    processing: {
      heading: 'Un paiement est en cours',
      sentence: 'Votre client a commencé à payer.',
      next: 'Cette page vous dira quand ce sera fait.',
    },
    paid: {
      heading: 'Payé',
      sentence: 'Votre client a payé avec le lien.',
      next: 'Vous n’avez plus rien à faire.',
    },
    expired: {
      heading: 'Le lien a expiré',
      sentence: 'Il ne peut plus être payé.',
      next: TRY_AGAIN,
    },
    canceled: {
      heading: 'Le lien est désactivé',
      sentence: 'Il ne peut plus être payé.',
      next: TRY_AGAIN,
    },
    refused: {
      heading: 'Aucun lien n’a été créé',
      sentence: 'Qonto n’a pas accepté le lien.',
    },
    failed: {
      heading: 'Aucun lien n’a été créé',
      sentence: 'Un problème est survenu et rien n’est parvenu à Qonto.',
      next: 'Vous pouvez réessayer sans risque.',
    },
  },
  reasons: {
    'provider-not-connected': {
      sentence: 'La connexion de votre entreprise à Mollie manque ou n’est pas prête.',
      next: 'Réessayez\u00a0: cette page vous dira ce qu’il faut faire.',
    },
    'not-allowed': {
      sentence:
        'Seul un propriétaire ou admin de votre entreprise peut créer des liens de paiement dans Qonto.',
      next: 'Demandez à l’un d’eux d’ouvrir cette page.',
    },
    'method-not-enabled': {
      sentence: 'Un des moyens de paiement n’est pas activé chez Mollie.',
      next: 'Réessayez avec un autre.',
    },
    'bank-refused': {
      sentence: 'Qonto n’a pas accepté le lien, sans motif connu.',
      next: 'Réessayez plus tard ou contactez l’assistance de Qonto.',
    },
    'amount-differs': {
      sentence:
        'Qonto a calculé un autre total que la facture\u00a0: le lien n’est montré à personne.',
      next: 'Revenez à la facture et vérifiez ses lignes.',
    },
    'paid-otherwise': {
      heading: 'Payé par un autre lien',
      sentence: 'Un autre lien de cette facture a été payé\u00a0: celui-ci est désactivé.',
      next: 'Vous n’avez plus rien à faire.',
    },
    'signed-out': {
      sentence: 'Votre connexion à Qonto avait pris fin\u00a0: rien n’a été transmis.',
      next: 'Réessayez\u00a0: vous vous connecterez d’abord.',
    },
    'consent-needed': {
      sentence: 'Qonto demande une autorisation qui manque\u00a0: rien n’a été créé.',
      next: 'Réessayez\u00a0: Qonto vous la demandera.',
    },
    'not-at-the-bank': {
      sentence: 'Qonto n’a pas ce lien.',
      next: 'Vous pouvez réessayer sans risque.',
    },
  },
  choose: {
    heading: 'Lequel est votre lien\u00a0?',
    sentence:
      'Qonto n’a pas répondu et sa liste contient des liens qui pourraient être le vôtre. Ouvrez-les si besoin, puis choisissez celui à partager. Aucun nouveau lien n’est créé.',
    button: 'C’est celui-ci',
    none: 'Aucun de ceux-ci\u00a0: j’ai vérifié dans Qonto, ce lien n’existe pas',
  },
  lost: {
    heading: 'Lien introuvable',
    sentence:
      'Qonto n’a pas répondu et sa liste ne permet pas de conclure. Regardez dans votre application Qonto et désactivez le lien s’il s’y trouve.',
    none: 'J’ai vérifié dans Qonto\u00a0: ce lien n’existe pas',
  },
  until: (date) => `Il peut être payé jusqu’au ${date}.`,
  paidSoFar: (count) => `Payé ${count} fois jusqu’ici.`,
  link: {
    url: 'Lien de paiement',
    qr: 'QR code',
    qrLabel: 'QR code qui ouvre le lien de paiement',
    print: 'Imprimer',
    payments: 'Paiements',
    signIn: 'Votre connexion à Qonto a pris fin\u00a0: nous ne voyons plus si le lien est payé.',
    renew: 'Créer un nouveau lien',
  },
  payment: {
    pending: 'en cours',
    paid: 'payé',
    failed: 'échoué',
    otherMethod: 'Autre moyen de paiement',
  },
  deactivate: {
    button: 'Désactiver le lien',
    heading: 'Désactiver ce lien\u00a0?',
    sentence: 'Plus personne ne pourra le payer. Il ne pourra pas être réactivé.',
    yes: 'Oui, le désactiver',
    elsewhere: 'Vous pouvez désactiver ce lien dans votre application Qonto.',
  },
  bankTransfer: 'Pour votre client\u00a0: virement',
};
