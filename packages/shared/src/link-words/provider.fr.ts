import type { ProviderWords } from './provider-words.js';

/** Before `?`, `:` and inside « » stands a no-break space (U+00A0), as French typography asks. */
export const providerWords: ProviderWords = {
  problems: {
    'invalid-phone-number':
      'Ce n’est pas un numéro avec son indicatif. Écrivez-le par exemple ainsi\u00a0: +33\u00a06\u00a012\u00a034\u00a056\u00a078.',
    'invalid-description': 'Écrivez au moins 80 caractères, ou laissez ce champ vide.',
    'invalid-website':
      'Écrivez l’adresse entière, par exemple https://www.exemple.fr, ou laissez ce champ vide.',
  },
  states: {
    not_connected: {
      heading: 'Connectez d’abord Mollie',
      sentence:
        'Mollie est le prestataire des liens de paiement de Qonto. Votre entreprise s’y connecte une seule fois\u00a0: ici, puis sur la page de Mollie. Mollie vérifie ensuite les informations, ce qui peut prendre quelques jours.',
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
        'La connexion de votre entreprise à Mollie est désactivée\u00a0: aucun lien ne peut être créé.',
      next: 'L’assistance de Qonto peut vous en donner la raison. En attendant, votre client peut payer par virement.',
    },
    unavailable: {
      heading: 'Pas de liens pour votre entreprise',
      sentence:
        'Qonto propose les liens de paiement dans certains pays, à certaines formes juridiques et avec certaines offres\u00a0; votre entreprise n’en dispose pas pour le moment.',
      next: 'L’assistance de Qonto peut vous dire ce qui manque. En attendant, votre client peut payer par virement.',
    },
  },
  form: {
    account: 'Où arrive l’argent',
    phone: 'Numéro de téléphone',
    phoneHint: 'Avec l’indicatif du pays, par exemple +33\u00a06\u00a012\u00a034\u00a056\u00a078.',
    description: 'Ce que vend votre entreprise (facultatif)',
    website: 'Site web (facultatif)',
    websiteHint: 'Par exemple https://www.exemple.fr',
    connect: 'Se connecter à Mollie',
    goOn: 'Continuer chez Mollie',
    noAccount: 'Qonto ne montre aucun de vos comptes où l’argent pourrait arriver.',
  },
};
