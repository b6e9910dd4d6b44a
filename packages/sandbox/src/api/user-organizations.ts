import type { Handler } from './endpoint.js';

/** Facts 2.6: where to find what goes into `X-Qonto-Organization-Id`. */
export const listUserOrganizations: Handler = ({ bank, memberships }) => ({
  status: 200,
  body: {
    user_organizations: memberships.map((membership) => {
      const { id, name } = bank.organizationOf(membership);
      return { id, name, membership_role: membership.role };
    }),
  },
});
