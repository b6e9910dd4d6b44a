import type { CollectWords } from './collect.en.js';

const AGAIN = 'Vous pouvez en créer un nouveau si la facture est encore due.';

/** Before `?`, `:` and inside « » stands a no-break space (U+00A0), as French typography asks. */
export const collectFr: CollectWords = {
  states: {
    making: {
      heading: 'Création du lien',
      sentence: 'Qonto crée votre lien de paiement.',
      next: 'Cela prend quelques secondes.',
    },
    unknown: {
      heading: 'Vérification en cours',
      sentence:
        'Qonto n’a pas répondu ; nous vérifions si le lien a été créé. Veuillez ne pas en créer un autre.',
      next: 'Le lien s’affichera ici et sur la facture. Vous pouvez fermer cette page, la vérification continue.',
    },
    withdrawing: {
      heading: 'Le lien est en cours de retrait',
      sentence: 'Qonto a calculé un autre total que la facture : ce lien n’est montré à personne.',
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
    expired: { heading: 'Le lien a expiré', sentence: 'Il ne peut plus être payé.', next: AGAIN },
    canceled: {
      heading: 'Le lien est désactivé',
      sentence: 'Il ne peut plus être payé.',
      next: AGAIN,
    },
    refused: { heading: 'Aucun lien n’a été créé', sentence: 'Qonto n’a pas accepté le lien.' },
    failed: {
      heading: 'Aucun lien n’a été créé',
      sentence: 'Un problème est survenu et rien n’est parvenu à Qonto.',
      next: 'Vous pouvez réessayer sans risque.',
    },
  },
  reasons: {
    'provider-not-connected': {
      sentence: 'La connexion de votre entreprise à Mollie manque ou n’est pas prête.',
      next: 'Réessayez : cette page vous dira ce qu’il faut faire.',
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
        'Qonto a calculé un autre total que la facture. Le lien a été retiré avant que quiconque ne le voie.',
      next: 'Revenez à la facture et vérifiez ses lignes.',
    },
    'paid-otherwise': {
      sentence: 'La facture a été payée par un autre lien : celui-ci a été retiré.',
      next: 'Vous n’avez plus rien à faire.',
    },
    'signed-out': {
      sentence: 'Votre connexion à Qonto avait pris fin : rien n’a été transmis.',
      next: 'Réessayez : vous vous connecterez d’abord.',
    },
    'consent-needed': {
      sentence: 'Qonto demande une autorisation qui manque : rien n’a été créé.',
      next: 'Réessayez : Qonto vous la demandera.',
    },
    'not-at-the-bank': {
      sentence: 'Nous avons vérifié : le lien n’a jamais été créé.',
      next: 'Vous pouvez réessayer sans risque.',
    },
  },
  provider: {
    enabled: { heading: 'Connecté à Mollie', sentence: 'Les liens de paiement sont possibles.' },
    not_connected: {
      heading: 'Connectez d’abord Mollie',
      sentence:
        'Mollie est le prestataire des liens de paiement de Qonto. Votre entreprise s’y connecte une seule fois : ici, puis sur la page de Mollie. Mollie vérifie ensuite les informations, ce qui peut prendre quelques jours.',
    },
    pending: {
      heading: 'Mollie n’est pas encore prêt',
      sentence:
        'Mollie vérifie encore votre entreprise, ce qui peut prendre quelques jours, ou attend d’autres informations de votre part.',
      next: 'Cette page reprendra d’elle-même dès que Mollie sera prêt. Vous pouvez aussi revenir plus tard.',
    },
    disabled: {
      heading: 'Mollie est désactivé',
      sentence:
        'La connexion de votre entreprise à Mollie est désactivée : aucun lien ne peut être créé.',
      next: 'L’assistance de Qonto peut vous en donner la raison. En attendant, votre client peut payer par virement.',
    },
    unavailable: {
      heading: 'Pas de liens pour votre entreprise',
      sentence:
        'Qonto propose les liens de paiement dans certains pays, à certaines formes juridiques et avec certaines offres ; votre entreprise n’en dispose pas pour le moment.',
      next: 'L’assistance de Qonto peut vous dire ce qui manque. En attendant, votre client peut payer par virement.',
    },
  },
  found: {
    open: 'Ouvert',
    processing: 'Paiement en cours',
    paid: 'Payé',
    expired: 'Expiré',
    canceled: 'Désactivé',
    unrecognized: 'Statut inconnu',
  },
  methods: { credit_card: 'Carte', apple_pay: 'Apple Pay', paypal: 'PayPal', ideal: 'iDEAL' },
  signIn: {
    heading: 'Faites-vous payer par lien',
    lead: (partner) =>
      `Avec ${partner}, vous créez un lien de paiement pour une facture : votre client l’utilise pour payer sur votre compte Qonto.`,
    permission:
      'Qonto vous demande d’autoriser les liens de paiement pour cette page : elle crée le lien et voit quand il est payé. Cela ne permet pas de débiter votre compte.',
    stuck: 'Votre connexion à Qonto a pris fin : nous ne voyons plus si le lien est payé.',
  },
  notAllowed: {
    heading: 'Vous ne pouvez pas créer de liens',
    sentence:
      'Seul un propriétaire ou admin de votre entreprise peut créer des liens de paiement dans Qonto. Demandez à l’un d’eux d’ouvrir cette page.',
  },
  bank: {
    heading: 'Qonto ne répond pas',
    sentence: 'Aucun lien n’a été créé. Nous réessayons automatiquement.',
  },
  closed: {
    withdrawn: {
      heading: 'Facture retirée',
      sentence: 'Cette facture a été retirée : elle n’aura plus de lien de paiement.',
    },
    lapsed: {
      heading: 'Plus disponible',
      sentence: 'Il n’est plus possible de créer un lien ici. Veuillez repartir de la facture.',
    },
  },
  collectingAs: 'Vous encaissez pour',
  review: 'Vérifier et créer le lien',
  again: 'Créer un nouveau lien',
  amount: 'À encaisser',
  item: 'Article',
  quantity: 'Quantité',
  unitPrice: 'Prix unitaire HT',
  vat: 'TVA',
  net: 'Total HT',
  gross: 'TTC',
  vatOn: (rate, net) => `TVA ${rate} sur ${net}`,
  total: 'Total TTC',
  type: { good: 'Bien', service: 'Service' },
  invoice: 'Facture',
  debtor: 'Client',
  payee: 'Virements reçus par',
  reusable:
    'Le lien est réutilisable : plusieurs clients peuvent le payer, chacun le montant entier, jusqu’à son expiration ou sa désactivation.',
  once: 'Le lien ne peut être payé qu’une fois.',
  howToPay: 'Comment votre client peut payer',
  notEnabled: 'non activé chez Mollie',
  noMethod: 'Aucun de ces moyens n’est activé chez Mollie. Activez-en un, puis rouvrez cette page.',
  create: (amount) => `Créer le lien de paiement de ${amount}`,
  hint: 'Personne n’est prévenu : c’est vous qui partagez le lien.',
  others: {
    heading: 'Autres liens de cette facture',
    sentence:
      'Qonto connaît déjà ces liens de la même facture. Partagez l’un d’eux, pour que personne ne paie deux fois.',
    paid: 'Cette facture a été payée par un autre lien : aucun nouveau lien n’est créé.',
    accept: 'Créer tout de même un autre lien',
  },
  created: (at) => `créé le ${at}`,
  form: {
    account: 'Où arrive l’argent',
    phone: 'Numéro de téléphone',
    phoneHint: 'Avec l’indicatif du pays, par exemple +33 6 12 34 56 78.',
    description: 'Ce que vend votre entreprise (facultatif)',
    descriptionHint: 'Au moins 80 caractères, ou rien.',
    website: 'Site web (facultatif)',
    websiteHint: 'Par exemple https://www.exemple.fr',
    connect: 'Se connecter à Mollie',
    goOn: 'Continuer chez le prestataire de paiement',
    noAccount: 'Qonto ne montre aucun de vos comptes où l’argent pourrait arriver.',
  },
  choose: {
    heading: 'Lequel est votre lien ?',
    sentence:
      'La réponse de Qonto s’est perdue et sa liste contient des liens qui pourraient être le vôtre. Ouvrez-les si vous le souhaitez, puis choisissez celui à partager. Aucun nouveau lien n’est créé.',
    button: 'C’est celui-ci',
    none: 'Aucun de ceux-ci : j’ai vérifié dans Qonto, ce lien n’existe pas',
  },
  until: (day) => `Il peut être payé jusqu’au ${day}.`,
  paidSoFar: (count) => `Payé ${count} fois jusqu’ici.`,
  link: 'Lien de paiement',
  qr: 'QR code',
  qrLabel: 'QR code qui ouvre le lien de paiement',
  print: 'Imprimer',
  payments: 'Paiements',
  payment: { pending: 'en cours', paid: 'payé', failed: 'échoué' },
  otherMethod: 'Autre moyen de paiement',
  deactivate: {
    button: 'Désactiver le lien',
    sentence: 'Plus personne ne pourra le payer. Il ne pourra pas être réactivé.',
    yes: 'Oui, le désactiver',
    elsewhere: 'Vous pouvez désactiver ce lien dans votre application Qonto.',
  },
  bankTransfer: 'Pour votre client : comment payer par virement',
  paper: {
    from: 'À payer à',
    byLink: 'Payer en ligne',
    byLinkText: 'Scannez le code avec votre téléphone, ou saisissez l’adresse.',
    byTransfer: 'Payer par virement',
    onceOnly: 'Veuillez payer une seule fois : en ligne, ou par virement.',
  },
};
