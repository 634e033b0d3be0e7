// Made by `pnpm gen` from docs/openapi.json.
export interface paths {
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your sessions
         * @description Needs the permission `session:read`.
         */
        get: operations["session.list"];
        put?: never;
        /**
         * Sign in with a password
         * @description Needs no credential.
         */
        post: operations["session.create"];
        /**
         * Sign out all your sessions but the one that asks
         * @description Needs the permission `session:delete`.
         */
        delete: operations["session.deleteOthers"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out a session; "current" is the one that asks
         * @description Needs the permission `session:delete`.
         */
        delete: operations["session.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show who you are and what you may reach
         * @description Needs any valid credential.
         */
        get: operations["session.current"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change what your account says of you
         * @description Needs the permission `profile:update`.
         */
        patch: operations["user.updateProfile"];
        trace?: never;
    };
    "/sign-up-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show who may make an account for themselves
         * @description Needs no credential.
         */
        get: operations["signUp.policy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Say who may make an account for themselves
         * @description Needs the permission `sign-up-policy:update`.
         */
        patch: operations["signUp.updatePolicy"];
        trace?: never;
    };
    "/sign-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for the letter that an account begins with
         * @description Needs no credential.
         */
        post: operations["signUp.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-ups/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the account that a letter was sent for
         * @description Needs no credential.
         */
        post: operations["signUp.verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for the letter with which a new password is chosen
         * @description Needs no credential.
         */
        post: operations["passwordReset.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-resets/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose the password that a letter was sent for
         * @description Needs no credential.
         */
        post: operations["passwordReset.complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your API tokens
         * @description Needs the permission `api-token:read`.
         */
        get: operations["apiToken.list"];
        put?: never;
        /**
         * Make an API token
         * @description Needs the permission `api-token:create`.
         */
        post: operations["apiToken.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API token
         * @description Needs the permission `api-token:delete`.
         */
        delete: operations["apiToken.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/application-credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your application credentials
         * @description Needs the permission `application-credential:read`.
         */
        get: operations["applicationCredential.list"];
        put?: never;
        /**
         * Lend some of your roles on a project to a program
         * @description Needs the permission `application-credential:create`.
         */
        post: operations["applicationCredential.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the roles that you have on a project, and may lend
         * @description Needs the permission `application-credential:read`.
         */
        get: operations["applicationCredential.lendableRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/application-credentials/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an application credential
         * @description Needs the permission `application-credential:read`.
         */
        get: operations["applicationCredential.get"];
        put?: never;
        post?: never;
        /**
         * Delete an application credential; its tokens end with it
         * @description Needs the permission `application-credential:delete`.
         */
        delete: operations["applicationCredential.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the rules that your application credentials have
         * @description Needs the permission `access-rule:read`.
         */
        get: operations["accessRule.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access-rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an access rule
         * @description Needs the permission `access-rule:read`.
         */
        get: operations["accessRule.get"];
        put?: never;
        post?: never;
        /**
         * Delete an access rule that is not in use
         * @description Needs the permission `access-rule:delete`.
         */
        delete: operations["accessRule.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trusts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the trusts that you gave or got
         * @description Needs the permission `trust:read`.
         */
        get: operations["trust.list"];
        put?: never;
        /**
         * Let another user act with roles of yours on a project
         * @description Needs the permission `trust:create`.
         */
        post: operations["trust.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trusts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a trust
         * @description Needs the permission `trust:read`.
         */
        get: operations["trust.get"];
        put?: never;
        post?: never;
        /**
         * Take a trust back; its tokens end with it
         * @description Needs the permission `trust:delete`.
         */
        delete: operations["trust.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your credentials, without their secrets
         * @description Needs the permission `credential:read`.
         */
        get: operations["credential.list"];
        put?: never;
        /**
         * Keep a secret, such as an EC2 key pair, encrypted
         * @description Needs the permission `credential:create`.
         */
        post: operations["credential.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credentials/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a credential, without its secret
         * @description Needs the permission `credential:read`.
         */
        get: operations["credential.get"];
        put?: never;
        post?: never;
        /**
         * Delete a credential
         * @description Needs the permission `credential:delete`.
         */
        delete: operations["credential.delete"];
        options?: never;
        head?: never;
        /**
         * Put another secret in a credential
         * @description Needs the permission `credential:update`.
         */
        patch: operations["credential.update"];
        trace?: never;
    };
    "/users/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show whether signing in asks you for a one-time code
         * @description Needs the permission `totp:read`.
         */
        get: operations["totp.get"];
        put?: never;
        /**
         * Get a seed for your authenticator app
         * @description Needs the permission `totp:update`.
         */
        post: operations["totp.begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn one-time codes on with one of them
         * @description Needs the permission `totp:update`.
         */
        post: operations["totp.confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/totp/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get new recovery codes instead of those that are left, with password and code
         * @description Needs the permission `totp:update`.
         */
        post: operations["totp.renewRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/totp/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn one-time codes off, with password and code
         * @description Needs the permission `totp:update`.
         */
        post: operations["totp.remove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List domains
         * @description Needs the permission `domain:read`.
         */
        get: operations["domain.list"];
        put?: never;
        /**
         * Make a domain
         * @description Needs the permission `domain:create`.
         */
        post: operations["domain.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/domains/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a domain
         * @description Needs the permission `domain:read`.
         */
        get: operations["domain.get"];
        put?: never;
        post?: never;
        /**
         * Delete a disabled, empty domain
         * @description Needs the permission `domain:delete`.
         */
        delete: operations["domain.delete"];
        options?: never;
        head?: never;
        /**
         * Rename, describe, enable or disable a domain
         * @description Needs the permission `domain:update`.
         */
        patch: operations["domain.update"];
        trace?: never;
    };
    "/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the projects you can reach
         * @description Needs the permission `project:read`.
         */
        get: operations["project.list"];
        put?: never;
        /**
         * Make a project with its default network and security group
         * @description Needs the permission `project:create`.
         */
        post: operations["project.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a project
         * @description Needs the permission `project:read`.
         */
        get: operations["project.get"];
        put?: never;
        post?: never;
        /**
         * Delete an empty project
         * @description Needs the permission `project:delete`.
         */
        delete: operations["project.delete"];
        options?: never;
        head?: never;
        /**
         * Rename, describe, tag, enable or disable a project
         * @description Needs the permission `project:update`.
         */
        patch: operations["project.update"];
        trace?: never;
    };
    "/projects/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who has which role in a project
         * @description Needs the permission `project:read`.
         */
        get: operations["project.members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description Needs the permission `user:read`.
         */
        get: operations["user.list"];
        put?: never;
        /**
         * Make a user
         * @description Needs the permission `user:create`.
         */
        post: operations["user.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a user
         * @description Needs the permission `user:read`.
         */
        get: operations["user.get"];
        put?: never;
        post?: never;
        /**
         * Delete a user
         * @description Needs the permission `user:delete`.
         */
        delete: operations["user.delete"];
        options?: never;
        head?: never;
        /**
         * Enable, disable or change a user
         * @description Needs the permission `user:update`.
         */
        patch: operations["user.update"];
        trace?: never;
    };
    "/users/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change your password; your other sessions end, and all short tokens
         * @description Needs the permission `password:update`.
         */
        post: operations["user.changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who users are at the OpenID provider
         * @description Needs the permission `identity-link:read`.
         */
        get: operations["identityLink.list"];
        put?: never;
        /**
         * Let a subject of the OpenID provider sign in as a user
         * @description Needs the permission `identity-link:create`.
         */
        post: operations["identityLink.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity-links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Let a subject no longer sign in as its user, whose sessions end
         * @description Needs the permission `identity-link:delete`.
         */
        delete: operations["identityLink.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List groups
         * @description Needs the permission `group:read`.
         */
        get: operations["group.list"];
        put?: never;
        /**
         * Make a group of users
         * @description Needs the permission `group:create`.
         */
        post: operations["group.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a group
         * @description Needs the permission `group:read`.
         */
        get: operations["group.get"];
        put?: never;
        post?: never;
        /**
         * Delete a group; its members stay
         * @description Needs the permission `group:delete`.
         */
        delete: operations["group.delete"];
        options?: never;
        head?: never;
        /**
         * Rename or describe a group
         * @description Needs the permission `group:update`.
         */
        patch: operations["group.update"];
        trace?: never;
    };
    "/groups/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a user into a group
         * @description Needs the permission `group:update`.
         */
        post: operations["group.addMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{id}/members/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a user out of a group
         * @description Needs the permission `group:update`.
         */
        delete: operations["group.removeMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List roles
         * @description Needs the permission `role:read`.
         */
        get: operations["role.list"];
        put?: never;
        /**
         * Make a role, which counts through what it implies
         * @description Needs the permission `role:create`.
         */
        post: operations["role.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a role and what it implies
         * @description Needs the permission `role:read`.
         */
        get: operations["role.get"];
        put?: never;
        post?: never;
        /**
         * Delete a role, and take it from everyone
         * @description Needs the permission `role:delete`.
         */
        delete: operations["role.delete"];
        options?: never;
        head?: never;
        /**
         * Rename or describe a role
         * @description Needs the permission `role:update`.
         */
        patch: operations["role.update"];
        trace?: never;
    };
    "/roles/{id}/implied": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a role imply another
         * @description Needs the permission `role:update`.
         */
        post: operations["role.imply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles/{id}/implied/{impliedRoleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Let it imply that no longer
         * @description Needs the permission `role:update`.
         */
        delete: operations["role.unimply"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/role-assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List role assignments as they were made
         * @description Needs the permission `role-assignment:read`.
         */
        get: operations["roleAssignment.list"];
        put?: never;
        /**
         * Give a user or a group a role on a project, a domain, or the system
         * @description Needs the permission `role-assignment:create`.
         */
        post: operations["roleAssignment.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/effective-roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List which roles count for whom, and where
         * @description Needs the permission `role-assignment:read`.
         */
        get: operations["roleAssignment.listEffective"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/role-assignments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a role away
         * @description Needs the permission `role-assignment:delete`.
         */
        delete: operations["roleAssignment.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite an e-mail address to a project or a domain
         * @description Needs the permission `invite:create`.
         */
        post: operations["invite.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the invites to a project
         * @description Needs the permission `invite:read`.
         */
        get: operations["invite.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/domains/{domainId}/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the invites to a domain
         * @description Needs the permission `invite:read`.
         */
        get: operations["invite.listOnDomain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invites/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an invite
         * @description Needs the permission `invite:read`.
         */
        get: operations["invite.get"];
        put?: never;
        post?: never;
        /**
         * Revoke an invite
         * @description Needs the permission `invite:delete`.
         */
        delete: operations["invite.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invites/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an invite again, with a new link
         * @description Needs the permission `invite:update`.
         */
        post: operations["invite.resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invites/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show what the link of an invite is for
         * @description Needs no credential.
         */
        post: operations["invite.open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invites/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invite as yourself
         * @description Needs the permission `invite:accept`.
         */
        post: operations["invite.accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invites/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invite as a new user
         * @description Needs no credential.
         */
        post: operations["invite.join"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{id}/members/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a member out of a project
         * @description Needs the permission `member:delete`.
         */
        delete: operations["member.remove"];
        options?: never;
        head?: never;
        /**
         * Change the role of a member of a project
         * @description Needs the permission `member:update`.
         */
        patch: operations["member.update"];
        trace?: never;
    };
    "/projects/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give up your own role on a project
         * @description Needs the permission `member:leave`.
         */
        post: operations["member.leaveProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/domains/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give up your own role on a domain
         * @description Needs the permission `member:leave`.
         */
        post: operations["member.leaveDomain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List regions
         * @description Needs the permission `region:read`.
         */
        get: operations["region.list"];
        put?: never;
        /**
         * Make a region of the catalog
         * @description Needs the permission `region:create`.
         */
        post: operations["region.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/regions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a region
         * @description Needs the permission `region:read`.
         */
        get: operations["region.get"];
        put?: never;
        post?: never;
        /**
         * Delete a region without endpoints
         * @description Needs the permission `region:delete`.
         */
        delete: operations["region.delete"];
        options?: never;
        head?: never;
        /**
         * Change a region
         * @description Needs the permission `region:update`.
         */
        patch: operations["region.update"];
        trace?: never;
    };
    "/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List services
         * @description Needs the permission `service:read`.
         */
        get: operations["service.list"];
        put?: never;
        /**
         * Make a service of the catalog
         * @description Needs the permission `service:create`.
         */
        post: operations["service.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/services/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a service
         * @description Needs the permission `service:read`.
         */
        get: operations["service.get"];
        put?: never;
        post?: never;
        /**
         * Delete a service with its endpoints
         * @description Needs the permission `service:delete`.
         */
        delete: operations["service.delete"];
        options?: never;
        head?: never;
        /**
         * Change a service
         * @description Needs the permission `service:update`.
         */
        patch: operations["service.update"];
        trace?: never;
    };
    "/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List endpoints
         * @description Needs the permission `endpoint:read`.
         */
        get: operations["endpoint.list"];
        put?: never;
        /**
         * Make an endpoint of a service
         * @description Needs the permission `endpoint:create`.
         */
        post: operations["endpoint.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an endpoint
         * @description Needs the permission `endpoint:read`.
         */
        get: operations["endpoint.get"];
        put?: never;
        post?: never;
        /**
         * Delete an endpoint
         * @description Needs the permission `endpoint:delete`.
         */
        delete: operations["endpoint.delete"];
        options?: never;
        head?: never;
        /**
         * Change an endpoint
         * @description Needs the permission `endpoint:update`.
         */
        patch: operations["endpoint.update"];
        trace?: never;
    };
    "/registered-limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List registered limits
         * @description Needs the permission `registered-limit:read`.
         */
        get: operations["registeredLimit.list"];
        put?: never;
        /**
         * Register a limit that a service keeps
         * @description Needs the permission `registered-limit:create`.
         */
        post: operations["registeredLimit.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registered-limits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a registered limit
         * @description Needs the permission `registered-limit:read`.
         */
        get: operations["registeredLimit.get"];
        put?: never;
        post?: never;
        /**
         * Delete a registered limit
         * @description Needs the permission `registered-limit:delete`.
         */
        delete: operations["registeredLimit.delete"];
        options?: never;
        head?: never;
        /**
         * Change a registered limit
         * @description Needs the permission `registered-limit:update`.
         */
        patch: operations["registeredLimit.update"];
        trace?: never;
    };
    "/service-limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the limits of projects and domains
         * @description Needs the permission `service-limit:read`.
         */
        get: operations["serviceLimit.list"];
        put?: never;
        /**
         * Say another limit for a project or a domain
         * @description Needs the permission `service-limit:create`.
         */
        post: operations["serviceLimit.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service-limits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a limit
         * @description Needs the permission `service-limit:read`.
         */
        get: operations["serviceLimit.get"];
        put?: never;
        post?: never;
        /**
         * Delete a limit; what is registered counts again
         * @description Needs the permission `service-limit:delete`.
         */
        delete: operations["serviceLimit.delete"];
        options?: never;
        head?: never;
        /**
         * Change a limit
         * @description Needs the permission `service-limit:update`.
         */
        patch: operations["serviceLimit.update"];
        trace?: never;
    };
    "/flavors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List flavors
         * @description Needs the permission `flavor:read`.
         */
        get: operations["flavor.list"];
        put?: never;
        /**
         * Make a flavor
         * @description Needs the permission `flavor:create`.
         */
        post: operations["flavor.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/flavors/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a flavor
         * @description Needs the permission `flavor:read`.
         */
        get: operations["flavor.get"];
        put?: never;
        post?: never;
        /**
         * Delete a flavor; its servers stay what they are
         * @description Needs the permission `flavor:delete`.
         */
        delete: operations["flavor.delete"];
        options?: never;
        head?: never;
        /**
         * Describe a flavor
         * @description Needs the permission `flavor:update`.
         */
        patch: operations["flavor.update"];
        trace?: never;
    };
    "/flavors/{id}/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the projects that may use a flavor
         * @description Needs the permission `flavor:update`.
         */
        get: operations["flavor.access"];
        put?: never;
        /**
         * Let a project use a flavor that is not public
         * @description Needs the permission `flavor:update`.
         */
        post: operations["flavor.allow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/flavors/{id}/projects/{projectId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take the use of a flavor back
         * @description Needs the permission `flavor:update`.
         */
        delete: operations["flavor.forbid"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volume-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List volume types
         * @description Needs the permission `volume-type:read`.
         */
        get: operations["volumeType.list"];
        put?: never;
        /**
         * Make a volume type
         * @description Needs the permission `volume-type:create`.
         */
        post: operations["volumeType.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volume-types/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a volume type
         * @description Needs the permission `volume-type:read`.
         */
        get: operations["volumeType.get"];
        put?: never;
        post?: never;
        /**
         * Delete a volume type, and its limits
         * @description Needs the permission `volume-type:delete`.
         */
        delete: operations["volumeType.delete"];
        options?: never;
        head?: never;
        /**
         * Change a volume type
         * @description Needs the permission `volume-type:update`.
         */
        patch: operations["volumeType.update"];
        trace?: never;
    };
    "/volume-types/{id}/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the projects that may use a type
         * @description Needs the permission `volume-type:update`.
         */
        get: operations["volumeType.access"];
        put?: never;
        /**
         * Let a project use a type that is not public
         * @description Needs the permission `volume-type:update`.
         */
        post: operations["volumeType.allow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volume-types/{id}/projects/{projectId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a type back
         * @description Needs the permission `volume-type:update`.
         */
        delete: operations["volumeType.forbid"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/availability-zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the zones that servers can be made in
         * @description Needs the permission `availability-zone:read`.
         */
        get: operations["availabilityZone.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the images of a project and the public ones
         * @description Needs the permission `image:read`.
         */
        get: operations["image.list"];
        put?: never;
        /**
         * Announce an image; then send its bytes to PUT /v1/images/{id}/file
         * @description Needs the permission `image:create`.
         */
        post: operations["image.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an image
         * @description Needs the permission `image:read`.
         */
        get: operations["image.get"];
        put?: never;
        post?: never;
        /**
         * Delete an image
         * @description Needs the permission `image:delete`.
         */
        delete: operations["image.delete"];
        options?: never;
        head?: never;
        /**
         * Rename, describe, share or protect an image
         * @description Needs the permission `image:update`.
         */
        patch: operations["image.update"];
        trace?: never;
    };
    "/images/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the projects that an image is shared with
         * @description Needs the permission `image-member:read`.
         */
        get: operations["imageMember.list"];
        put?: never;
        /**
         * Share an image with a project
         * @description Needs the permission `image-member:create`.
         */
        post: operations["imageMember.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images/{id}/members/{projectId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take an image from a project
         * @description Needs the permission `image-member:delete`.
         */
        delete: operations["imageMember.delete"];
        options?: never;
        head?: never;
        /**
         * Accept or reject, for a project, an image that is shared with it
         * @description Needs the permission `image-member:update`.
         */
        patch: operations["imageMember.update"];
        trace?: never;
    };
    "/key-pairs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your key pairs
         * @description Needs the permission `key-pair:read`.
         */
        get: operations["keyPair.list"];
        put?: never;
        /**
         * Add a public key
         * @description Needs the permission `key-pair:create`.
         */
        post: operations["keyPair.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key-pairs/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a key pair; the private key is shown once
         * @description Needs the permission `key-pair:create`.
         */
        post: operations["keyPair.generate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key-pairs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a key pair
         * @description Needs the permission `key-pair:read`.
         */
        get: operations["keyPair.get"];
        put?: never;
        post?: never;
        /**
         * Delete a key pair; servers keep the key they have
         * @description Needs the permission `key-pair:delete`.
         */
        delete: operations["keyPair.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/networks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List networks with their subnets: own, shared and external ones
         * @description Needs the permission `network:read`.
         */
        get: operations["network.list"];
        put?: never;
        /**
         * Make a network
         * @description Needs the permission `network:create`.
         */
        post: operations["network.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/networks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a network
         * @description Needs the permission `network:read`.
         */
        get: operations["network.get"];
        put?: never;
        post?: never;
        /**
         * Delete a network that no port uses
         * @description Needs the permission `network:delete`.
         */
        delete: operations["network.delete"];
        options?: never;
        head?: never;
        /**
         * Change a network
         * @description Needs the permission `network:update`.
         */
        patch: operations["network.update"];
        trace?: never;
    };
    "/networks/{networkId}/subnets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a subnet
         * @description Needs the permission `subnet:create`.
         */
        post: operations["subnet.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/subnets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List subnets
         * @description Needs the permission `subnet:read`.
         */
        get: operations["subnet.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subnets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a subnet
         * @description Needs the permission `subnet:read`.
         */
        get: operations["subnet.get"];
        put?: never;
        post?: never;
        /**
         * Delete a subnet that no port uses
         * @description Needs the permission `subnet:delete`.
         */
        delete: operations["subnet.delete"];
        options?: never;
        head?: never;
        /**
         * Change a subnet
         * @description Needs the permission `subnet:update`.
         */
        patch: operations["subnet.update"];
        trace?: never;
    };
    "/networks/{networkId}/ports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a port, for a server to be made with
         * @description Needs the permission `port:create`.
         */
        post: operations["port.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/ports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List ports
         * @description Needs the permission `port:read`.
         */
        get: operations["port.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a port
         * @description Needs the permission `port:read`.
         */
        get: operations["port.get"];
        put?: never;
        post?: never;
        /**
         * Delete a port that no server has
         * @description Needs the permission `port:delete`.
         */
        delete: operations["port.delete"];
        options?: never;
        head?: never;
        /**
         * Change a port
         * @description Needs the permission `port:update`.
         */
        patch: operations["port.update"];
        trace?: never;
    };
    "/projects/{projectId}/routers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List routers
         * @description Needs the permission `router:read`.
         */
        get: operations["router.list"];
        put?: never;
        /**
         * Make a router
         * @description Needs the permission `router:create`.
         */
        post: operations["router.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/routers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a router
         * @description Needs the permission `router:read`.
         */
        get: operations["router.get"];
        put?: never;
        post?: never;
        /**
         * Delete a router that has no interfaces
         * @description Needs the permission `router:delete`.
         */
        delete: operations["router.delete"];
        options?: never;
        head?: never;
        /**
         * Change a router, its gateway or its routes
         * @description Needs the permission `router:update`.
         */
        patch: operations["router.update"];
        trace?: never;
    };
    "/routers/{id}/interfaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Join a router to a subnet
         * @description Needs the permission `router:update`.
         */
        post: operations["router.addInterface"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/routers/{id}/interfaces/{portId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a router off a subnet
         * @description Needs the permission `router:update`.
         */
        delete: operations["router.removeInterface"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/floating-ips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List floating IPs
         * @description Needs the permission `floating-ip:read`.
         */
        get: operations["floatingIp.list"];
        put?: never;
        /**
         * Take a floating IP
         * @description Needs the permission `floating-ip:create`.
         */
        post: operations["floatingIp.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/floating-ips/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a floating IP with its port forwardings
         * @description Needs the permission `floating-ip:read`.
         */
        get: operations["floatingIp.get"];
        put?: never;
        post?: never;
        /**
         * Give a floating IP back
         * @description Needs the permission `floating-ip:delete`.
         */
        delete: operations["floatingIp.delete"];
        options?: never;
        head?: never;
        /**
         * Let a floating IP reach a port, or nobody
         * @description Needs the permission `floating-ip:update`.
         */
        patch: operations["floatingIp.update"];
        trace?: never;
    };
    "/floating-ips/{floatingIpId}/port-forwardings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let ports of a floating IP lead to a guest’s
         * @description Needs the permission `floating-ip:update`.
         */
        post: operations["floatingIp.createForwarding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/floating-ips/{floatingIpId}/port-forwardings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a port forwarding
         * @description Needs the permission `floating-ip:update`.
         */
        delete: operations["floatingIp.deleteForwarding"];
        options?: never;
        head?: never;
        /**
         * Change a port forwarding
         * @description Needs the permission `floating-ip:update`.
         */
        patch: operations["floatingIp.updateForwarding"];
        trace?: never;
    };
    "/projects/{projectId}/security-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List security groups with their rules
         * @description Needs the permission `security-group:read`.
         */
        get: operations["securityGroup.list"];
        put?: never;
        /**
         * Make a security group
         * @description Needs the permission `security-group:create`.
         */
        post: operations["securityGroup.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/security-groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a security group
         * @description Needs the permission `security-group:read`.
         */
        get: operations["securityGroup.get"];
        put?: never;
        post?: never;
        /**
         * Delete a security group that no port uses
         * @description Needs the permission `security-group:delete`.
         */
        delete: operations["securityGroup.delete"];
        options?: never;
        head?: never;
        /**
         * Rename or describe a security group
         * @description Needs the permission `security-group:update`.
         */
        patch: operations["securityGroup.update"];
        trace?: never;
    };
    "/security-groups/{securityGroupId}/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Allow something
         * @description Needs the permission `security-group:update`.
         */
        post: operations["securityGroup.createRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/security-groups/{securityGroupId}/rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a rule away
         * @description Needs the permission `security-group:update`.
         */
        delete: operations["securityGroup.deleteRule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/qos-policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List QoS policies: own and shared ones
         * @description Needs the permission `qos-policy:read`.
         */
        get: operations["qosPolicy.list"];
        put?: never;
        /**
         * Make a QoS policy
         * @description Needs the permission `qos-policy:create`.
         */
        post: operations["qosPolicy.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/qos-policies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a QoS policy
         * @description Needs the permission `qos-policy:read`.
         */
        get: operations["qosPolicy.get"];
        put?: never;
        post?: never;
        /**
         * Delete a QoS policy that nothing has
         * @description Needs the permission `qos-policy:delete`.
         */
        delete: operations["qosPolicy.delete"];
        options?: never;
        head?: never;
        /**
         * Change a QoS policy
         * @description Needs the permission `qos-policy:update`.
         */
        patch: operations["qosPolicy.update"];
        trace?: never;
    };
    "/qos-policies/{qosPolicyId}/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a limit, a mark or a minimum to a QoS policy
         * @description Needs the permission `qos-policy:update`.
         */
        post: operations["qosPolicy.createRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/qos-policies/{qosPolicyId}/rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a rule of a QoS policy
         * @description Needs the permission `qos-policy:update`.
         */
        delete: operations["qosPolicy.deleteRule"];
        options?: never;
        head?: never;
        /**
         * Change a rule of a QoS policy
         * @description Needs the permission `qos-policy:update`.
         */
        patch: operations["qosPolicy.updateRule"];
        trace?: never;
    };
    "/projects/{projectId}/subnet-pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List subnet pools: own and shared ones
         * @description Needs the permission `subnet-pool:read`.
         */
        get: operations["subnetPool.list"];
        put?: never;
        /**
         * Make a subnet pool
         * @description Needs the permission `subnet-pool:create`.
         */
        post: operations["subnetPool.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subnet-pools/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a subnet pool
         * @description Needs the permission `subnet-pool:read`.
         */
        get: operations["subnetPool.get"];
        put?: never;
        post?: never;
        /**
         * Delete a subnet pool that nothing is from
         * @description Needs the permission `subnet-pool:delete`.
         */
        delete: operations["subnetPool.delete"];
        options?: never;
        head?: never;
        /**
         * Change a subnet pool
         * @description Needs the permission `subnet-pool:update`.
         */
        patch: operations["subnetPool.update"];
        trace?: never;
    };
    "/projects/{projectId}/address-scopes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List address scopes: own and shared ones
         * @description Needs the permission `address-scope:read`.
         */
        get: operations["addressScope.list"];
        put?: never;
        /**
         * Make an address scope
         * @description Needs the permission `address-scope:create`.
         */
        post: operations["addressScope.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/address-scopes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an address scope
         * @description Needs the permission `address-scope:read`.
         */
        get: operations["addressScope.get"];
        put?: never;
        post?: never;
        /**
         * Delete an address scope that no pool is in
         * @description Needs the permission `address-scope:delete`.
         */
        delete: operations["addressScope.delete"];
        options?: never;
        head?: never;
        /**
         * Change an address scope
         * @description Needs the permission `address-scope:update`.
         */
        patch: operations["addressScope.update"];
        trace?: never;
    };
    "/projects/{projectId}/rbac-policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what a project shares
         * @description Needs the permission `rbac-policy:read`.
         */
        get: operations["rbacPolicy.list"];
        put?: never;
        /**
         * Share a network, QoS policy, subnet pool, address scope or security group with another project
         * @description Needs the permission `rbac-policy:create`.
         */
        post: operations["rbacPolicy.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rbac-policies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show with whom something is shared
         * @description Needs the permission `rbac-policy:read`.
         */
        get: operations["rbacPolicy.get"];
        put?: never;
        post?: never;
        /**
         * Share it no longer
         * @description Needs the permission `rbac-policy:delete`.
         */
        delete: operations["rbacPolicy.delete"];
        options?: never;
        head?: never;
        /**
         * Share it with another project instead
         * @description Needs the permission `rbac-policy:update`.
         */
        patch: operations["rbacPolicy.update"];
        trace?: never;
    };
    "/projects/{projectId}/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List servers
         * @description Needs the permission `server:read`.
         */
        get: operations["server.list"];
        put?: never;
        /**
         * Create a server
         * @description Needs the permission `server:create`.
         */
        post: operations["server.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/servers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a server
         * @description Needs the permission `server:read`.
         */
        get: operations["server.get"];
        put?: never;
        post?: never;
        /**
         * Delete a server and everything it holds
         * @description Needs the permission `server:delete`.
         */
        delete: operations["server.delete"];
        options?: never;
        head?: never;
        /**
         * Rename or describe a server
         * @description Needs the permission `server:update`.
         */
        patch: operations["server.update"];
        trace?: never;
    };
    "/servers/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a server
         * @description Needs the permission `server:start`.
         */
        post: operations["server.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/servers/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a server
         * @description Needs the permission `server:stop`.
         */
        post: operations["server.stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/servers/{id}/reboot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reboot a server
         * @description Needs the permission `server:reboot`.
         */
        post: operations["server.reboot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/servers/{id}/migrate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a server with its disk to another host
         * @description Needs the permission `server:migrate`.
         */
        post: operations["server.migrate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/servers/{id}/evacuate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a server of a dead host anew on another
         * @description Needs the permission `server:evacuate`.
         */
        post: operations["server.evacuate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/servers/{id}/interfaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a server one more interface
         * @description Needs the permission `server:update`.
         */
        post: operations["server.attachInterface"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/servers/{id}/interfaces/{portId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take an interface from a server
         * @description Needs the permission `server:update`.
         */
        delete: operations["server.detachInterface"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/servers/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the end of the serial console
         * @description Needs the permission `server:log`.
         */
        get: operations["server.log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/server-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List server groups
         * @description Needs the permission `server-group:read`.
         */
        get: operations["serverGroup.list"];
        put?: never;
        /**
         * Say which servers belong together
         * @description Needs the permission `server-group:create`.
         */
        post: operations["serverGroup.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server-groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a server group
         * @description Needs the permission `server-group:read`.
         */
        get: operations["serverGroup.get"];
        put?: never;
        post?: never;
        /**
         * Delete a server group; its servers stay
         * @description Needs the permission `server-group:delete`.
         */
        delete: operations["serverGroup.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/servers/{serverId}/console-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a way to the console, for one use; without `server:console` it is to look at only
         * @description Needs the permission `server:log`.
         */
        post: operations["consoleSession.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List operations, newest first
         * @description Needs the permission `operation:read`.
         */
        get: operations["operation.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an operation with its steps
         * @description Needs the permission `operation:read`.
         */
        get: operations["operation.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the operations of all projects, newest first
         * @description Needs the permission `operation:read`.
         */
        get: operations["operation.listAll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a failed operation once more, or look at a late one at once
         * @description Needs the permission `operation:retry`.
         */
        post: operations["operation.retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what you were told, newest first
         * @description Needs the permission `notification:read`.
         */
        get: operations["notification.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Mark a notification read or unread
         * @description Needs the permission `notification:update`.
         */
        patch: operations["notification.update"];
        trace?: never;
    };
    "/notifications/mark-read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark read what you were told up to a moment
         * @description Needs the permission `notification:update`.
         */
        post: operations["notification.markRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description Needs the permission `webhook:read`.
         */
        get: operations["webhook.list"];
        put?: never;
        /**
         * Make a webhook; its secret is shown once
         * @description Needs the permission `webhook:create`.
         */
        post: operations["webhook.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a webhook
         * @description Needs the permission `webhook:read`.
         */
        get: operations["webhook.get"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook with its deliveries
         * @description Needs the permission `webhook:delete`.
         */
        delete: operations["webhook.delete"];
        options?: never;
        head?: never;
        /**
         * Change, enable or disable a webhook
         * @description Needs the permission `webhook:update`.
         */
        patch: operations["webhook.update"];
        trace?: never;
    };
    "/webhooks/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a webhook a new secret, shown once; the old one signs too for a day
         * @description Needs the permission `webhook:update`.
         */
        post: operations["webhook.renewSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test message
         * @description Needs the permission `webhook:update`.
         */
        post: operations["webhook.test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{webhookId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was sent, newest first
         * @description Needs the permission `webhook:read`.
         */
        get: operations["webhook.deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{webhookId}/deliveries/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send it again
         * @description Needs the permission `webhook:update`.
         */
        post: operations["webhook.resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/audit-lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show who did what in a project
         * @description Needs the permission `audit:read`.
         */
        get: operations["audit.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/domains/{domainId}/audit-lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show who did what in a domain
         * @description Needs the permission `domain-audit:read`.
         */
        get: operations["audit.listInDomain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/audit-lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what you did, in all projects
         * @description Needs the permission `own-audit:read`.
         */
        get: operations["audit.listOwn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show who did what in the whole installation
         * @description Needs the permission `system-audit:read`.
         */
        get: operations["audit.listEverywhere"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what is needed to know before a create: used and limit
         * @description Needs the permission `limits:read`.
         */
        get: operations["limits.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what is used of each limit
         * @description Needs the permission `limits:read`.
         */
        get: operations["limits.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set limits of a project
         * @description Needs the permission `limits:update`.
         */
        patch: operations["limits.update"];
        trace?: never;
    };
    "/users/me/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show used and limit of what is your own, wherever you work
         * @description Needs any valid credential.
         */
        get: operations["limits.listOwn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quota-defaults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what projects may use, here or in a domain
         * @description Needs the permission `quota-default:read`.
         */
        get: operations["quotaDefault.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set what projects may use, here or in a domain
         * @description Needs the permission `quota-default:update`.
         */
        patch: operations["quotaDefault.update"];
        trace?: never;
    };
    "/projects/{projectId}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what a project uses and what it costs
         * @description Needs the permission `usage:read`.
         */
        get: operations["usage.ofProject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/domains/{domainId}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what the projects of a domain cost
         * @description Needs the permission `domain-usage:read`.
         */
        get: operations["usage.ofDomain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what all projects cost
         * @description Needs the permission `cloud-usage:read`.
         */
        get: operations["usage.ofCloud"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a project or a domain a budget
         * @description Needs the permission `budget:create`.
         */
        post: operations["budget.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the budget of a project
         * @description Needs the permission `budget:read`.
         */
        get: operations["budget.ofProject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/domains/{domainId}/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the budget of a domain
         * @description Needs the permission `budget:read`.
         */
        get: operations["budget.ofDomain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/budgets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a budget
         * @description Needs the permission `budget:read`.
         */
        get: operations["budget.get"];
        put?: never;
        post?: never;
        /**
         * Take a budget away
         * @description Needs the permission `budget:delete`.
         */
        delete: operations["budget.delete"];
        options?: never;
        head?: never;
        /**
         * Change a budget
         * @description Needs the permission `budget:update`.
         */
        patch: operations["budget.update"];
        trace?: never;
    };
    "/price-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List price lists
         * @description Needs the permission `price-list:read`.
         */
        get: operations["priceList.list"];
        put?: never;
        /**
         * Say what things cost from a moment on
         * @description Needs the permission `price-list:create`.
         */
        post: operations["priceList.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/price-lists/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a price list
         * @description Needs the permission `price-list:read`.
         */
        get: operations["priceList.get"];
        put?: never;
        post?: never;
        /**
         * Delete a price list that has not started
         * @description Needs the permission `price-list:delete`.
         */
        delete: operations["priceList.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what things cost now
         * @description Needs the permission `price-list:read`.
         */
        get: operations["priceList.current"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/quota-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was asked for
         * @description Needs the permission `quota-request:read`.
         */
        get: operations["quotaRequest.list"];
        put?: never;
        /**
         * Ask for more
         * @description Needs the permission `quota-request:create`.
         */
        post: operations["quotaRequest.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quota-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what all projects asked for
         * @description Needs the permission `quota-request:read`.
         */
        get: operations["quotaRequest.queue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quota-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a request for more
         * @description Needs the permission `quota-request:read`.
         */
        get: operations["quotaRequest.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quota-requests/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a request back
         * @description Needs the permission `quota-request:withdraw`.
         */
        post: operations["quotaRequest.withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quota-requests/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give what was asked, or a part
         * @description Needs the permission `quota-request:decide`.
         */
        post: operations["quotaRequest.approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quota-requests/{id}/deny": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give nothing, and say why
         * @description Needs the permission `quota-request:decide`.
         */
        post: operations["quotaRequest.deny"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find what you may read by name, id or address
         * @description Needs any valid credential.
         */
        get: operations["search.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/path-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say what stands between two ends of a path
         * @description Needs the permission `path-check:read`.
         */
        get: operations["pathCheck.explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cloud": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the whole cloud in numbers
         * @description Needs the permission `cloud:read`.
         */
        get: operations["cloud.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/placement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say why each host could or could not take such a server
         * @description Needs the permission `placement:read`.
         */
        get: operations["placement.explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orphans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what is kept for nobody
         * @description Needs the permission `orphan:read`.
         */
        get: operations["orphan.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orphans/{kind}/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Clean what is kept for nobody
         * @description Needs the permission `orphan:clean`.
         */
        delete: operations["orphan.clean"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List letters, without what they say
         * @description Needs the permission `mail:read`.
         */
        get: operations["mail.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mails/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a letter, without what it says
         * @description Needs the permission `mail:read`.
         */
        get: operations["mail.get"];
        put?: never;
        post?: never;
        /**
         * Forget a letter
         * @description Needs the permission `mail:delete`.
         */
        delete: operations["mail.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mails/{id}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show once what a letter says that was not sent
         * @description Needs the permission `mail:reveal`.
         */
        post: operations["mail.reveal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mails/{id}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a letter again now
         * @description Needs the permission `mail:send`.
         */
        post: operations["mail.send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hosts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List hosts
         * @description Needs the permission `host:read`.
         */
        get: operations["host.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hosts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a host
         * @description Needs the permission `host:read`.
         */
        get: operations["host.get"];
        put?: never;
        post?: never;
        /**
         * Forget a host that has no servers
         * @description Needs the permission `host:delete`.
         */
        delete: operations["host.delete"];
        options?: never;
        head?: never;
        /**
         * Take a host out of placement, or back in
         * @description Needs the permission `host:update`.
         */
        patch: operations["host.update"];
        trace?: never;
    };
    "/hosts/{id}/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the servers that are on a host
         * @description Needs the permission `host:read`.
         */
        get: operations["host.servers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hosts/{id}/drain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move all servers of a host to others
         * @description Needs the permission `host:drain`.
         */
        post: operations["host.drain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hosts/{id}/evacuate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the servers of a dead host anew on others
         * @description Needs the permission `host:evacuate`.
         */
        post: operations["host.evacuate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aggregates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List aggregates
         * @description Needs the permission `aggregate:read`.
         */
        get: operations["aggregate.list"];
        put?: never;
        /**
         * Put hosts together in an aggregate
         * @description Needs the permission `aggregate:create`.
         */
        post: operations["aggregate.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aggregates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an aggregate
         * @description Needs the permission `aggregate:read`.
         */
        get: operations["aggregate.get"];
        put?: never;
        post?: never;
        /**
         * Delete an aggregate without hosts
         * @description Needs the permission `aggregate:delete`.
         */
        delete: operations["aggregate.delete"];
        options?: never;
        head?: never;
        /**
         * Change name, zone or metadata of an aggregate
         * @description Needs the permission `aggregate:update`.
         */
        patch: operations["aggregate.update"];
        trace?: never;
    };
    "/aggregates/{id}/hosts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a host in an aggregate
         * @description Needs the permission `aggregate:update`.
         */
        post: operations["aggregate.addHost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aggregates/{id}/hosts/{hostId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a host out of an aggregate
         * @description Needs the permission `aggregate:update`.
         */
        delete: operations["aggregate.removeHost"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/join-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List join tokens, without the tokens themselves
         * @description Needs the permission `join-token:read`.
         */
        get: operations["joinToken.list"];
        put?: never;
        /**
         * Let one machine join
         * @description Needs the permission `join-token:create`.
         */
        post: operations["joinToken.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/join-tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Let nobody join with a token any more
         * @description Needs the permission `join-token:delete`.
         */
        delete: operations["joinToken.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the bytes of an image
         * @description Needs the permission `image:read`. Takes Range.
         */
        get: operations["image.download"];
        /**
         * Send the bytes of an image, once
         * @description Needs the permission `image:update`.
         */
        put: operations["image.upload"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listen to what changes in a project, as server-sent events
         * @description Needs the permission `event:read`. Takes Last-Event-ID, and then tells first what was missed.
         */
        get: operations["event.stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listen to what changes anywhere, as server-sent events
         * @description Needs the permission `event:read`. Takes Last-Event-ID, and then tells first what was missed.
         */
        get: operations["event.streamAll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/audit-lines/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Save who did what, as CSV or as a line of JSON for each, newest first
         * @description Needs the permission `audit:read`. All lines until now that the filters let through.
         */
        get: operations["audit.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/domains/{domainId}/audit-lines/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Save who did what, as CSV or as a line of JSON for each, newest first
         * @description Needs the permission `domain-audit:read`. All lines until now that the filters let through.
         */
        get: operations["audit.exportInDomain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-lines/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Save who did what, as CSV or as a line of JSON for each, newest first
         * @description Needs the permission `system-audit:read`. All lines until now that the filters let through.
         */
        get: operations["audit.exportEverywhere"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ApiToken: {
            /** Format: uuid */
            id: string;
            name: string;
            prefix: string;
            permissions: ("project:read" | "project:create" | "project:update" | "project:delete" | "server:read" | "server:create" | "server:update" | "server:delete" | "server:start" | "server:stop" | "server:reboot" | "server:console" | "server:log" | "server:place" | "server:migrate" | "server:evacuate" | "server-group:read" | "server-group:create" | "server-group:delete" | "flavor:read" | "flavor:create" | "flavor:update" | "flavor:delete" | "volume-type:read" | "volume-type:create" | "volume-type:update" | "volume-type:delete" | "availability-zone:read" | "image:read" | "image:create" | "image:update" | "image:delete" | "image:publish" | "image-member:read" | "image-member:create" | "image-member:update" | "image-member:delete" | "key-pair:read" | "key-pair:create" | "key-pair:delete" | "network:read" | "network:create" | "network:update" | "network:delete" | "network:provide" | "subnet:read" | "subnet:create" | "subnet:update" | "subnet:delete" | "port:read" | "port:create" | "port:update" | "port:delete" | "router:read" | "router:create" | "router:update" | "router:delete" | "floating-ip:read" | "floating-ip:create" | "floating-ip:update" | "floating-ip:delete" | "security-group:read" | "security-group:create" | "security-group:update" | "security-group:delete" | "subnet-pool:read" | "subnet-pool:create" | "subnet-pool:update" | "subnet-pool:delete" | "address-scope:read" | "address-scope:create" | "address-scope:update" | "address-scope:delete" | "rbac-policy:read" | "rbac-policy:create" | "rbac-policy:update" | "rbac-policy:delete" | "qos-policy:read" | "qos-policy:create" | "qos-policy:update" | "qos-policy:delete" | "webhook:read" | "webhook:create" | "webhook:update" | "webhook:delete" | "operation:read" | "operation:retry" | "audit:read" | "domain-audit:read" | "system-audit:read" | "own-audit:read" | "event:read" | "path-check:read" | "limits:read" | "limits:update" | "quota-default:read" | "quota-default:update" | "usage:read" | "domain-usage:read" | "cloud-usage:read" | "budget:read" | "budget:create" | "budget:update" | "budget:delete" | "price-list:read" | "price-list:create" | "price-list:delete" | "quota-request:read" | "quota-request:create" | "quota-request:withdraw" | "quota-request:decide" | "api-token:read" | "api-token:create" | "api-token:delete" | "application-credential:read" | "application-credential:create" | "application-credential:delete" | "access-rule:read" | "access-rule:delete" | "trust:read" | "trust:create" | "trust:delete" | "credential:read" | "credential:create" | "credential:update" | "credential:delete" | "signature:verify" | "totp:read" | "totp:update" | "token:read" | "token:delete" | "notification:read" | "notification:update" | "session:read" | "session:delete" | "user:read" | "user:create" | "user:update" | "user:delete" | "identity-link:read" | "identity-link:create" | "identity-link:delete" | "group:read" | "group:create" | "group:update" | "group:delete" | "role:read" | "role:create" | "role:update" | "role:delete" | "region:read" | "region:create" | "region:update" | "region:delete" | "service:read" | "service:create" | "service:update" | "service:delete" | "endpoint:read" | "endpoint:create" | "endpoint:update" | "endpoint:delete" | "endpoint-group:read" | "endpoint-group:create" | "endpoint-group:update" | "endpoint-group:delete" | "endpoint-filter:read" | "endpoint-filter:create" | "endpoint-filter:delete" | "registered-limit:read" | "registered-limit:create" | "registered-limit:update" | "registered-limit:delete" | "service-limit:read" | "service-limit:create" | "service-limit:update" | "service-limit:delete" | "password:update" | "profile:update" | "domain:read" | "domain:create" | "domain:update" | "domain:delete" | "invite:read" | "invite:create" | "invite:update" | "invite:delete" | "invite:accept" | "member:update" | "member:delete" | "member:leave" | "role-assignment:read" | "role-assignment:create" | "role-assignment:delete" | "cloud:read" | "placement:read" | "orphan:read" | "orphan:clean" | "mail:read" | "mail:reveal" | "mail:send" | "mail:delete" | "sign-up-policy:update" | "host:read" | "host:update" | "host:delete" | "host:drain" | "host:evacuate" | "aggregate:read" | "aggregate:create" | "aggregate:update" | "aggregate:delete" | "join-token:read" | "join-token:create" | "join-token:delete")[] | null;
            projectId: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            lastUsedAt: string | null;
        };
        ApiTokenCreated: {
            /** Format: uuid */
            id: string;
            name: string;
            prefix: string;
            permissions: ("project:read" | "project:create" | "project:update" | "project:delete" | "server:read" | "server:create" | "server:update" | "server:delete" | "server:start" | "server:stop" | "server:reboot" | "server:console" | "server:log" | "server:place" | "server:migrate" | "server:evacuate" | "server-group:read" | "server-group:create" | "server-group:delete" | "flavor:read" | "flavor:create" | "flavor:update" | "flavor:delete" | "volume-type:read" | "volume-type:create" | "volume-type:update" | "volume-type:delete" | "availability-zone:read" | "image:read" | "image:create" | "image:update" | "image:delete" | "image:publish" | "image-member:read" | "image-member:create" | "image-member:update" | "image-member:delete" | "key-pair:read" | "key-pair:create" | "key-pair:delete" | "network:read" | "network:create" | "network:update" | "network:delete" | "network:provide" | "subnet:read" | "subnet:create" | "subnet:update" | "subnet:delete" | "port:read" | "port:create" | "port:update" | "port:delete" | "router:read" | "router:create" | "router:update" | "router:delete" | "floating-ip:read" | "floating-ip:create" | "floating-ip:update" | "floating-ip:delete" | "security-group:read" | "security-group:create" | "security-group:update" | "security-group:delete" | "subnet-pool:read" | "subnet-pool:create" | "subnet-pool:update" | "subnet-pool:delete" | "address-scope:read" | "address-scope:create" | "address-scope:update" | "address-scope:delete" | "rbac-policy:read" | "rbac-policy:create" | "rbac-policy:update" | "rbac-policy:delete" | "qos-policy:read" | "qos-policy:create" | "qos-policy:update" | "qos-policy:delete" | "webhook:read" | "webhook:create" | "webhook:update" | "webhook:delete" | "operation:read" | "operation:retry" | "audit:read" | "domain-audit:read" | "system-audit:read" | "own-audit:read" | "event:read" | "path-check:read" | "limits:read" | "limits:update" | "quota-default:read" | "quota-default:update" | "usage:read" | "domain-usage:read" | "cloud-usage:read" | "budget:read" | "budget:create" | "budget:update" | "budget:delete" | "price-list:read" | "price-list:create" | "price-list:delete" | "quota-request:read" | "quota-request:create" | "quota-request:withdraw" | "quota-request:decide" | "api-token:read" | "api-token:create" | "api-token:delete" | "application-credential:read" | "application-credential:create" | "application-credential:delete" | "access-rule:read" | "access-rule:delete" | "trust:read" | "trust:create" | "trust:delete" | "credential:read" | "credential:create" | "credential:update" | "credential:delete" | "signature:verify" | "totp:read" | "totp:update" | "token:read" | "token:delete" | "notification:read" | "notification:update" | "session:read" | "session:delete" | "user:read" | "user:create" | "user:update" | "user:delete" | "identity-link:read" | "identity-link:create" | "identity-link:delete" | "group:read" | "group:create" | "group:update" | "group:delete" | "role:read" | "role:create" | "role:update" | "role:delete" | "region:read" | "region:create" | "region:update" | "region:delete" | "service:read" | "service:create" | "service:update" | "service:delete" | "endpoint:read" | "endpoint:create" | "endpoint:update" | "endpoint:delete" | "endpoint-group:read" | "endpoint-group:create" | "endpoint-group:update" | "endpoint-group:delete" | "endpoint-filter:read" | "endpoint-filter:create" | "endpoint-filter:delete" | "registered-limit:read" | "registered-limit:create" | "registered-limit:update" | "registered-limit:delete" | "service-limit:read" | "service-limit:create" | "service-limit:update" | "service-limit:delete" | "password:update" | "profile:update" | "domain:read" | "domain:create" | "domain:update" | "domain:delete" | "invite:read" | "invite:create" | "invite:update" | "invite:delete" | "invite:accept" | "member:update" | "member:delete" | "member:leave" | "role-assignment:read" | "role-assignment:create" | "role-assignment:delete" | "cloud:read" | "placement:read" | "orphan:read" | "orphan:clean" | "mail:read" | "mail:reveal" | "mail:send" | "mail:delete" | "sign-up-policy:update" | "host:read" | "host:update" | "host:delete" | "host:drain" | "host:evacuate" | "aggregate:read" | "aggregate:create" | "aggregate:update" | "aggregate:delete" | "join-token:read" | "join-token:create" | "join-token:delete")[] | null;
            projectId: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            lastUsedAt: string | null;
            token: string;
        };
        AuditLine: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            projectId: string | null;
            projectName: string | null;
            domainId: string | null;
            actorId: string | null;
            actorName: string;
            /** @enum {string} */
            actorKind: "session" | "api-token" | "token" | "host" | "system" | "anonymous";
            tokenName: string | null;
            credentialId: string | null;
            address: string | null;
            requestId: string;
            action: string;
            noun: string;
            resourceId: string | null;
            resourceName: string | null;
            /** @enum {string} */
            outcome: "done" | "refused";
            detail: string | null;
            before: {
                [key: string]: unknown;
            } | null;
            after: {
                [key: string]: unknown;
            } | null;
        };
        ConsoleSession: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            serverId: string;
            /** @enum {string} */
            kind: "screen" | "serial";
            path: string;
            token: string;
            /** Format: date-time */
            expiresAt: string;
        };
        CurrentUser: {
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: uuid */
            domainId: string;
            domainName: string;
            email: string | null;
            description: string;
            hasPassword: boolean;
            passwordExpiresAt: string | null;
            systemRole: ("reader" | "member" | "manager" | "admin") | null;
            address: string | null;
            projects: {
                /** Format: uuid */
                id: string;
                name: string;
                parentId: string | null;
                /** Format: uuid */
                domainId: string;
                domainName: string;
                /** @enum {string} */
                role: "reader" | "member" | "manager" | "admin";
            }[];
            domains: {
                /** Format: uuid */
                id: string;
                name: string;
                /** @enum {string} */
                role: "reader" | "member" | "manager" | "admin";
            }[];
        };
        Domain: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string;
            isEnabled: boolean;
            options: {
                [key: string]: boolean | number | string | null;
            };
            /** Format: date-time */
            createdAt: string;
        };
        EffectiveRole: {
            /** Format: uuid */
            roleId: string;
            role: string;
            userId: string | null;
            userName: string | null;
            /** Format: uuid */
            holderDomainId: string;
            holderDomainName: string;
            isSystem: boolean;
            domainId: string | null;
            domainName: string | null;
            projectId: string | null;
            projectName: string | null;
            projectDomainId: string | null;
            projectDomainName: string | null;
            sources: {
                /** Format: uuid */
                assignmentId: string;
                role: string;
                groupName: string | null;
                domainName: string | null;
                projectName: string | null;
                isInherited: boolean;
            }[];
        };
        Endpoint: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            serviceId: string;
            regionId: string | null;
            /** @enum {string} */
            interface: "public" | "internal" | "admin";
            url: string;
            isEnabled: boolean;
            /** Format: date-time */
            createdAt: string;
        };
        Failure: {
            /** @enum {string} */
            code: "invalid_input" | "unauthenticated" | "wrong_credentials" | "second_factor_needed" | "password_expired" | "forbidden" | "not_found" | "method_not_allowed" | "conflict" | "link_over" | "wrong_state" | "in_use" | "idempotency_mismatch" | "quota_exceeded" | "changed_meanwhile" | "too_large" | "unsupported_media_type" | "rate_limited" | "no_capacity" | "addresses_exhausted" | "image_missing" | "image_corrupt" | "image_refused" | "disk_full" | "accelerator_failed" | "host_failed" | "host_unreachable" | "deadline_exceeded" | "cancelled" | "unavailable" | "internal";
            message: string;
            next: string;
        };
        Flavor: {
            /** Format: uuid */
            id: string;
            name: string;
            vcpus: number;
            memoryMib: number;
            diskGib: number;
            isPublic: boolean;
            description: string;
            alias: string | null;
            extraSpecs: {
                [key: string]: string;
            };
        };
        Group: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            domainId: string;
            name: string;
            description: string;
            /** Format: date-time */
            createdAt: string;
        };
        Host: {
            /** Format: uuid */
            id: string;
            name: string;
            availabilityZone: string;
            isEnabled: boolean;
            disabledReason: string | null;
            isUp: boolean;
            isForcedDown: boolean;
            isFenced: boolean;
            vcpuRatio: number;
            roles: ("compute" | "network" | "storage")[];
            facts: {
                hostName: string;
                agentVersion: string;
                kernel: string;
                /** Format: date-time */
                bootedAt?: string;
                architecture: string;
                cpuModel: string;
                vcpus: number;
                memoryMib: number;
                diskGib: number;
                diskFreeGib: number;
                accelerator: {
                    /** @enum {string} */
                    kind: "kvm" | "tcg";
                    why: string;
                };
                qemuVersion: string;
                openVswitch: {
                    version: string;
                    /** @enum {string} */
                    datapath: "system" | "netdev" | "simulated";
                    why: string;
                };
                /** Format: ipv4 */
                underlayAddress: string;
                underlayMtu: number;
                /** @default [] */
                physicalNetworks: {
                    name: string;
                    bridge: string;
                    mtu: number;
                }[];
                storage?: {
                    pool: {
                        /** @enum {string} */
                        kind: "lvm" | "folder";
                        name: string;
                        totalGib: number;
                        freeGib: number;
                        isThin: boolean;
                    } | null;
                    why: string;
                    target: {
                        isPresent: boolean;
                        why: string;
                    };
                };
                /**
                 * @default [
                 *       "network",
                 *       "image",
                 *       "server",
                 *       "console-session"
                 *     ]
                 */
                nouns: string[];
                isSimulated: boolean;
                warnings: string[];
            };
            capacity: {
                vcpus: number;
                memoryMib: number;
                diskGib: number;
            };
            allocated: {
                vcpus: number;
                memoryMib: number;
                diskGib: number;
            };
            serverCount: number;
            /** Format: date-time */
            lastHeartbeatAt: string;
            /** Format: date-time */
            createdAt: string;
        };
        Image: {
            /** Format: uuid */
            id: string;
            projectId: string | null;
            name: string;
            description: string;
            /** @enum {string} */
            state: "queued" | "importing" | "active" | "error" | "deleting";
            failure: components["schemas"]["Failure"] | null;
            /** @enum {string} */
            visibility: "private" | "shared" | "public";
            /** @enum {string} */
            diskFormat: "qcow2" | "raw";
            architecture: string;
            minDiskGib: number;
            minMemoryMib: number;
            sizeBytes: number | null;
            virtualSizeBytes: number | null;
            sha256: string | null;
            loginUser: string | null;
            tags: string[];
            properties: {
                [key: string]: string;
            };
            isProtected: boolean;
            operationId: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        KeyPair: {
            /** Format: uuid */
            id: string;
            name: string;
            kind: string;
            publicKey: string;
            fingerprintSha256: string;
            /** Format: date-time */
            createdAt: string;
        };
        Network: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            projectId: string;
            name: string;
            description: string;
            isDefault: boolean;
            isEnabled: boolean;
            hasPortSecurity: boolean;
            isExternal: boolean;
            isShared: boolean;
            provider: {
                /** @enum {string} */
                type: "vxlan" | "gre" | "vlan" | "flat" | "local";
                physicalNetwork: string | null;
                segmentationId: number | null;
            } | null;
            mtu: number;
            qosPolicyId: string | null;
            subnets: components["schemas"]["Subnet"][];
            portCount: number;
            tags: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            revision: number;
        };
        Operation: {
            /** Format: uuid */
            id: string;
            projectId: string | null;
            name: string;
            title: string;
            noun: string;
            /** Format: uuid */
            resourceId: string;
            resourceName: string;
            /** @enum {string} */
            state: "queued" | "running" | "unwinding" | "succeeded" | "failed";
            failure: components["schemas"]["Failure"] | null;
            requestId: string;
            userId: string | null;
            steps: {
                name: string;
                title: string;
                /** @enum {string} */
                state: "pending" | "running" | "done" | "failed" | "undoing" | "undone";
                attempt: number;
                progress: string | null;
                failure: components["schemas"]["Failure"] | null;
                detail: string | null;
                startedAt: string | null;
                endedAt: string | null;
            }[];
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            endedAt: string | null;
            /** Format: date-time */
            deadlineAt: string;
        };
        Port: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            projectId: string;
            /** Format: uuid */
            networkId: string;
            serverId: string | null;
            routerId: string | null;
            deviceOwner: string;
            name: string;
            description: string;
            tags: string[];
            macAddress: string;
            addresses: {
                /** Format: uuid */
                subnetId: string;
                address: string;
            }[];
            securityGroupIds: string[];
            isEnabled: boolean;
            hasPortSecurity: boolean;
            allowedAddressPairs: {
                prefix: string;
                macAddress: string | null;
            }[];
            dhcpOptions: {
                family: 4 | 6;
                name: string;
                value: string;
            }[];
            dnsName: string | null;
            qosPolicyId: string | null;
            isKept: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            revision: number;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @enum {string} */
            code: "invalid_input" | "unauthenticated" | "wrong_credentials" | "second_factor_needed" | "password_expired" | "forbidden" | "not_found" | "method_not_allowed" | "conflict" | "link_over" | "wrong_state" | "in_use" | "idempotency_mismatch" | "quota_exceeded" | "changed_meanwhile" | "too_large" | "unsupported_media_type" | "rate_limited" | "no_capacity" | "addresses_exhausted" | "image_missing" | "image_corrupt" | "image_refused" | "disk_full" | "accelerator_failed" | "host_failed" | "host_unreachable" | "deadline_exceeded" | "cancelled" | "unavailable" | "internal";
            detail: string;
            next: string;
            requestId: string;
            errors?: {
                field: string;
                message: string;
                fix: string;
            }[];
        };
        Project: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            domainId: string;
            domainName: string;
            parentId: string | null;
            name: string;
            description: string;
            isEnabled: boolean;
            tags: string[];
            options: {
                [key: string]: boolean | number | string | null;
            };
            /** @enum {string} */
            role: "reader" | "member" | "manager" | "admin";
            /** Format: date-time */
            createdAt: string;
        };
        Region: {
            id: string;
            description: string;
            parentRegionId: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        Role: {
            /** Format: uuid */
            id: string;
            name: string;
            domainId: string | null;
            description: string;
            isBuiltIn: boolean;
            options: {
                [key: string]: boolean | number | string | null;
            };
            implies: string[];
            /** Format: date-time */
            createdAt: string;
        };
        RoleAssignment: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            roleId: string;
            role: string;
            userId: string | null;
            userName: string | null;
            /** Format: uuid */
            holderDomainId: string;
            holderDomainName: string;
            groupId: string | null;
            groupName: string | null;
            isSystem: boolean;
            domainId: string | null;
            domainName: string | null;
            projectId: string | null;
            projectName: string | null;
            projectDomainId: string | null;
            projectDomainName: string | null;
            isInherited: boolean;
        };
        SecurityGroup: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            projectId: string;
            name: string;
            description: string;
            isDefault: boolean;
            isShared: boolean;
            tags: string[];
            rules: components["schemas"]["SecurityGroupRule"][];
            portCount: number | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            revision: number;
        };
        SecurityGroupRule: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            direction: "ingress" | "egress";
            family: 4 | 6;
            protocol: ("tcp" | "udp" | "icmp" | "any") | number;
            icmpType: number | null;
            icmpCode: number | null;
            portMin: number | null;
            portMax: number | null;
            remotePrefix: string | null;
            remoteGroupId: string | null;
            description: string;
        };
        Server: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            projectId: string;
            name: string;
            description: string;
            /** @enum {string} */
            state: "building" | "running" | "stopped" | "starting" | "stopping" | "rebooting" | "migrating" | "deleting" | "error";
            failure: components["schemas"]["Failure"] | null;
            flavor: {
                /** Format: uuid */
                id: string;
                name: string;
                vcpus: number;
                memoryMib: number;
                diskGib: number;
            };
            image: {
                /** Format: uuid */
                id: string;
                name: string;
                loginUser: string | null;
            } | null;
            addresses: {
                /** Format: uuid */
                networkId: string;
                networkName: string;
                /** Format: uuid */
                portId: string;
                address: string;
                version: 4 | 6;
                macAddress: string;
                floatingAddress: string | null;
            }[];
            keyPairNames: string[];
            metadata: {
                [key: string]: string;
            };
            tags: string[];
            accessIpv4: string | null;
            accessIpv6: string | null;
            userDataBytes: number;
            availabilityZone: string | null;
            serverGroupId: string | null;
            hostName: string | null;
            operationId: string | null;
            launchedAt: string | null;
            firstMetadataAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Service: {
            /** Format: uuid */
            id: string;
            type: string;
            name: string;
            description: string;
            isEnabled: boolean;
            /** Format: date-time */
            createdAt: string;
        };
        Session: {
            /** Format: uuid */
            id: string;
            address: string | null;
            userAgent: string | null;
            isCurrent: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string;
            /** Format: date-time */
            expiresAt: string;
        };
        Subnet: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            networkId: string;
            /** Format: uuid */
            projectId: string;
            name: string;
            cidr: string;
            ipv6Mode: ("slaac" | "dhcpv6-stateful" | "dhcpv6-stateless") | null;
            subnetPoolId: string | null;
            addressScopeId: string | null;
            gatewayAddress: string | null;
            dhcpAddress: string;
            dnsServers: string[];
            allocationPools: {
                first: string;
                last: string;
            }[];
            hostRoutes: {
                destination: string;
                nextHop: string;
            }[];
            hasDhcp: boolean;
            tags: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            revision: number;
        };
        User: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            domainId: string;
            name: string;
            email: string | null;
            description: string;
            defaultProjectId: string | null;
            isEnabled: boolean;
            options: {
                [key: string]: boolean | number | string | null;
            };
            passwordExpiresAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        VolumeType: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string;
            isPublic: boolean;
            isDefault: boolean;
            extraSpecs: {
                [key: string]: string;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "session.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Session"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "session.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    password: string;
                    /** @default Default */
                    domain?: string;
                    code?: string;
                    newPassword?: string;
                };
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        token: string;
                        /** Format: date-time */
                        expiresAt: string;
                        user: components["schemas"]["CurrentUser"];
                    };
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "session.deleteOthers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "session.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: "current" | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "session.current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CurrentUser"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "user.updateProfile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    description: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CurrentUser"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "signUp.policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        mode: "off" | "open" | "domains";
                        emailDomains: string[];
                    };
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "signUp.updatePolicy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    mode: "off" | "open" | "domains";
                    /** @default [] */
                    emailDomains?: string[];
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        mode: "off" | "open" | "domains";
                        emailDomains: string[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "signUp.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email: string;
                    };
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "signUp.verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    password: string;
                    domainName?: string;
                };
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        username: string;
                        domainName: string;
                        projectId: string;
                    };
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "passwordReset.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email: string;
                    };
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "passwordReset.complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    newPassword: string;
                };
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        username: string;
                        domainName: string;
                    };
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "apiToken.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApiToken"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "apiToken.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    permissions?: ("project:read" | "project:create" | "project:update" | "project:delete" | "server:read" | "server:create" | "server:update" | "server:delete" | "server:start" | "server:stop" | "server:reboot" | "server:console" | "server:log" | "server:place" | "server:migrate" | "server:evacuate" | "server-group:read" | "server-group:create" | "server-group:delete" | "flavor:read" | "flavor:create" | "flavor:update" | "flavor:delete" | "volume-type:read" | "volume-type:create" | "volume-type:update" | "volume-type:delete" | "availability-zone:read" | "image:read" | "image:create" | "image:update" | "image:delete" | "image:publish" | "image-member:read" | "image-member:create" | "image-member:update" | "image-member:delete" | "key-pair:read" | "key-pair:create" | "key-pair:delete" | "network:read" | "network:create" | "network:update" | "network:delete" | "network:provide" | "subnet:read" | "subnet:create" | "subnet:update" | "subnet:delete" | "port:read" | "port:create" | "port:update" | "port:delete" | "router:read" | "router:create" | "router:update" | "router:delete" | "floating-ip:read" | "floating-ip:create" | "floating-ip:update" | "floating-ip:delete" | "security-group:read" | "security-group:create" | "security-group:update" | "security-group:delete" | "subnet-pool:read" | "subnet-pool:create" | "subnet-pool:update" | "subnet-pool:delete" | "address-scope:read" | "address-scope:create" | "address-scope:update" | "address-scope:delete" | "rbac-policy:read" | "rbac-policy:create" | "rbac-policy:update" | "rbac-policy:delete" | "qos-policy:read" | "qos-policy:create" | "qos-policy:update" | "qos-policy:delete" | "webhook:read" | "webhook:create" | "webhook:update" | "webhook:delete" | "operation:read" | "operation:retry" | "audit:read" | "domain-audit:read" | "system-audit:read" | "own-audit:read" | "event:read" | "path-check:read" | "limits:read" | "limits:update" | "quota-default:read" | "quota-default:update" | "usage:read" | "domain-usage:read" | "cloud-usage:read" | "budget:read" | "budget:create" | "budget:update" | "budget:delete" | "price-list:read" | "price-list:create" | "price-list:delete" | "quota-request:read" | "quota-request:create" | "quota-request:withdraw" | "quota-request:decide" | "api-token:read" | "api-token:create" | "api-token:delete" | "application-credential:read" | "application-credential:create" | "application-credential:delete" | "access-rule:read" | "access-rule:delete" | "trust:read" | "trust:create" | "trust:delete" | "credential:read" | "credential:create" | "credential:update" | "credential:delete" | "signature:verify" | "totp:read" | "totp:update" | "token:read" | "token:delete" | "notification:read" | "notification:update" | "session:read" | "session:delete" | "user:read" | "user:create" | "user:update" | "user:delete" | "identity-link:read" | "identity-link:create" | "identity-link:delete" | "group:read" | "group:create" | "group:update" | "group:delete" | "role:read" | "role:create" | "role:update" | "role:delete" | "region:read" | "region:create" | "region:update" | "region:delete" | "service:read" | "service:create" | "service:update" | "service:delete" | "endpoint:read" | "endpoint:create" | "endpoint:update" | "endpoint:delete" | "endpoint-group:read" | "endpoint-group:create" | "endpoint-group:update" | "endpoint-group:delete" | "endpoint-filter:read" | "endpoint-filter:create" | "endpoint-filter:delete" | "registered-limit:read" | "registered-limit:create" | "registered-limit:update" | "registered-limit:delete" | "service-limit:read" | "service-limit:create" | "service-limit:update" | "service-limit:delete" | "password:update" | "profile:update" | "domain:read" | "domain:create" | "domain:update" | "domain:delete" | "invite:read" | "invite:create" | "invite:update" | "invite:delete" | "invite:accept" | "member:update" | "member:delete" | "member:leave" | "role-assignment:read" | "role-assignment:create" | "role-assignment:delete" | "cloud:read" | "placement:read" | "orphan:read" | "orphan:clean" | "mail:read" | "mail:reveal" | "mail:send" | "mail:delete" | "sign-up-policy:update" | "host:read" | "host:update" | "host:delete" | "host:drain" | "host:evacuate" | "aggregate:read" | "aggregate:create" | "aggregate:update" | "aggregate:delete" | "join-token:read" | "join-token:create" | "join-token:delete")[];
                    /** Format: uuid */
                    projectId?: string;
                    /** @default 90 */
                    expiresInDays?: number;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiTokenCreated"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiTokenCreated"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "apiToken.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "applicationCredential.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            userId: string;
                            /** Format: uuid */
                            projectId: string;
                            name: string;
                            description: string;
                            roles: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            isUnrestricted: boolean;
                            accessRules: {
                                service: string;
                                /** @enum {string} */
                                method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
                                path: string;
                                /** Format: uuid */
                                id: string;
                                /** Format: date-time */
                                createdAt: string;
                            }[];
                            /** Format: date-time */
                            createdAt: string;
                            expiresAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "applicationCredential.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string;
                    /** Format: uuid */
                    projectId: string;
                    roleIds?: string[];
                    /** Format: date-time */
                    expiresAt?: string;
                    /** @default false */
                    isUnrestricted?: boolean;
                    accessRules?: {
                        service: string;
                        /** @enum {string} */
                        method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
                        path: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        userId: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        description: string;
                        roles: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        isUnrestricted: boolean;
                        accessRules: {
                            service: string;
                            /** @enum {string} */
                            method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
                            path: string;
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                        expiresAt: string | null;
                        secret: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        userId: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        description: string;
                        roles: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        isUnrestricted: boolean;
                        accessRules: {
                            service: string;
                            /** @enum {string} */
                            method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
                            path: string;
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                        expiresAt: string | null;
                        secret: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "applicationCredential.lendableRoles": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "applicationCredential.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        userId: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        description: string;
                        roles: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        isUnrestricted: boolean;
                        accessRules: {
                            service: string;
                            /** @enum {string} */
                            method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
                            path: string;
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                        expiresAt: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "applicationCredential.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "accessRule.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            service: string;
                            /** @enum {string} */
                            method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
                            path: string;
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "accessRule.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        service: string;
                        /** @enum {string} */
                        method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
                        path: string;
                        /** Format: uuid */
                        id: string;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "accessRule.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "trust.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            trustorId: string;
                            /** Format: uuid */
                            trusteeId: string;
                            /** Format: uuid */
                            projectId: string;
                            roles: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            isImpersonating: boolean;
                            remainingUses: number | null;
                            redelegationCount: number;
                            redelegatedTrustId: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            expiresAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "trust.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    trusteeId: string;
                    /** Format: uuid */
                    projectId: string;
                    roleIds: string[];
                    isImpersonating: boolean;
                    /** Format: date-time */
                    expiresAt?: string;
                    uses?: number;
                    /** @default 0 */
                    redelegationCount?: number | "most";
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        trustorId: string;
                        /** Format: uuid */
                        trusteeId: string;
                        /** Format: uuid */
                        projectId: string;
                        roles: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        isImpersonating: boolean;
                        remainingUses: number | null;
                        redelegationCount: number;
                        redelegatedTrustId: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        expiresAt: string | null;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        trustorId: string;
                        /** Format: uuid */
                        trusteeId: string;
                        /** Format: uuid */
                        projectId: string;
                        roles: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        isImpersonating: boolean;
                        remainingUses: number | null;
                        redelegationCount: number;
                        redelegatedTrustId: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        expiresAt: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "trust.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        trustorId: string;
                        /** Format: uuid */
                        trusteeId: string;
                        /** Format: uuid */
                        projectId: string;
                        roles: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        isImpersonating: boolean;
                        remainingUses: number | null;
                        redelegationCount: number;
                        redelegatedTrustId: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        expiresAt: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "trust.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "credential.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            userId: string;
                            projectId: string | null;
                            type: string;
                            accessKey: string | null;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "credential.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    type: string;
                    blob: string;
                    /** Format: uuid */
                    projectId?: string;
                    accessKey?: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        userId: string;
                        projectId: string | null;
                        type: string;
                        accessKey: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        userId: string;
                        projectId: string | null;
                        type: string;
                        accessKey: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "credential.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        userId: string;
                        projectId: string | null;
                        type: string;
                        accessKey: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "credential.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "credential.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    blob: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        userId: string;
                        projectId: string | null;
                        type: string;
                        accessKey: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "totp.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        isEnabled: boolean;
                        recoveryCodesLeft: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "totp.begin": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        secret: string;
                        uri: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        secret: string;
                        uri: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "totp.confirm": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recoveryCodes: string[];
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recoveryCodes: string[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "totp.renewRecoveryCodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                    code: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recoveryCodes: string[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "totp.remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                    code: string;
                };
            };
        };
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "domain.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                name?: string;
                nameContains?: string;
                isEnabled?: boolean | ("true" | "false");
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Domain"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "domain.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string;
                    /** @default true */
                    isEnabled?: boolean;
                    /** @default {} */
                    options?: {
                        [key: string]: boolean | number | string | null;
                    };
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Domain"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Domain"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "domain.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Domain"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "domain.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "domain.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string;
                    isEnabled?: boolean;
                    options?: {
                        [key: string]: boolean | number | string | null;
                    };
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Domain"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "project.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                name?: string;
                nameContains?: string;
                domainId?: string;
                parentId?: string;
                isEnabled?: boolean | ("true" | "false");
                tags?: (string & (unknown & unknown))[] | string;
                tagsAny?: (string & (unknown & unknown))[] | string;
                notTags?: (string & (unknown & unknown))[] | string;
                notTagsAny?: (string & (unknown & unknown))[] | string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Project"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "project.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    domainId: string;
                    /** Format: uuid */
                    parentId?: string;
                    name: string;
                    /** @default  */
                    description?: string;
                    /** @default true */
                    isEnabled?: boolean;
                    /** @default [] */
                    tags?: (string & (unknown & unknown))[];
                    /** @default {} */
                    options?: {
                        [key: string]: boolean | number | string | null;
                    };
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "project.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "project.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "project.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string;
                    isEnabled?: boolean;
                    tags?: (string & (unknown & unknown))[];
                    options?: {
                        [key: string]: boolean | number | string | null;
                    };
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "project.members": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EffectiveRole"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "user.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                name?: string;
                nameContains?: string;
                domainId?: string;
                isEnabled?: boolean | ("true" | "false");
                groupId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["User"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "user.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    domainId: string;
                    name: string;
                    password?: string;
                    /** Format: email */
                    email?: string;
                    /** @default  */
                    description?: string;
                    /** Format: uuid */
                    defaultProjectId?: string;
                    /** @default true */
                    isEnabled?: boolean;
                    /** @default {} */
                    options?: {
                        [key: string]: boolean | number | string | null;
                    };
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "user.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "user.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "user.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    isEnabled?: boolean;
                    password?: string;
                    passwordExpiresAt?: string | null;
                    email?: string | null;
                    description?: string;
                    defaultProjectId?: string | null;
                    options?: {
                        [key: string]: boolean | number | string | null;
                    };
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "user.changePassword": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    currentPassword: string;
                    newPassword: string;
                };
            };
        };
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "identityLink.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            userId: string;
                            userName: string;
                            issuer: string;
                            subject: string;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "identityLink.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    userId: string;
                    /** Format: uri */
                    issuer: string;
                    subject: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        userId: string;
                        userName: string;
                        issuer: string;
                        subject: string;
                        /** Format: date-time */
                        createdAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        userId: string;
                        userName: string;
                        issuer: string;
                        subject: string;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "identityLink.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "group.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                name?: string;
                nameContains?: string;
                domainId?: string;
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Group"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "group.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    domainId: string;
                    name: string;
                    /** @default  */
                    description?: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "group.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "group.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "group.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "group.addMember": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    userId: string;
                };
            };
        };
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "group.removeMember": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "role.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                name?: string;
                domainId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Role"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "role.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string;
                    /** Format: uuid */
                    domainId?: string;
                    /** @default {} */
                    options?: {
                        [key: string]: boolean | number | string | null;
                    };
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "role.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "role.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "role.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string;
                    options?: {
                        [key: string]: boolean | number | string | null;
                    };
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "role.imply": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    impliedRoleId: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "role.unimply": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                impliedRoleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "roleAssignment.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                userId?: string;
                groupId?: string;
                roleId?: string;
                domainId?: string;
                withinDomainId?: string;
                projectId?: string;
                isSystem?: boolean | ("true" | "false");
                isInherited?: boolean | ("true" | "false");
                includeSubtree?: boolean | ("true" | "false");
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RoleAssignment"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "roleAssignment.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role: ("reader" | "member" | "manager" | "admin") | string;
                    /** Format: uuid */
                    userId?: string;
                    /** Format: uuid */
                    groupId?: string;
                    /** Format: uuid */
                    domainId?: string;
                    /** Format: uuid */
                    projectId?: string;
                    /** @default false */
                    isInherited?: boolean;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleAssignment"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleAssignment"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "roleAssignment.listEffective": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                userId?: string;
                roleId?: string;
                domainId?: string;
                withinDomainId?: string;
                projectId?: string;
                isSystem?: boolean | ("true" | "false");
                includeSubtree?: boolean | ("true" | "false");
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EffectiveRole"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "roleAssignment.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "invite.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    projectId?: string;
                    /** Format: uuid */
                    domainId?: string;
                    email: string;
                    /** @enum {string} */
                    role: "reader" | "member" | "manager" | "admin";
                    /** @default  */
                    message?: string;
                    /** @default 7 */
                    expiresInDays?: number;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        projectId: string | null;
                        projectName: string | null;
                        /** Format: uuid */
                        domainId: string;
                        domainName: string;
                        email: string;
                        /** @enum {string} */
                        role: "reader" | "member" | "manager" | "admin";
                        message: string;
                        /** @enum {string} */
                        state: "open" | "expired" | "accepted" | "revoked";
                        invitedByName: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        sentAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        endedAt: string | null;
                        acceptedByName: string | null;
                        link: string | null;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        projectId: string | null;
                        projectName: string | null;
                        /** Format: uuid */
                        domainId: string;
                        domainName: string;
                        email: string;
                        /** @enum {string} */
                        role: "reader" | "member" | "manager" | "admin";
                        message: string;
                        /** @enum {string} */
                        state: "open" | "expired" | "accepted" | "revoked";
                        invitedByName: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        sentAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        endedAt: string | null;
                        acceptedByName: string | null;
                        link: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "invite.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                withEnded?: boolean | ("true" | "false");
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            projectId: string | null;
                            projectName: string | null;
                            /** Format: uuid */
                            domainId: string;
                            domainName: string;
                            email: string;
                            /** @enum {string} */
                            role: "reader" | "member" | "manager" | "admin";
                            message: string;
                            /** @enum {string} */
                            state: "open" | "expired" | "accepted" | "revoked";
                            invitedByName: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            sentAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                            endedAt: string | null;
                            acceptedByName: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "invite.listOnDomain": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                withEnded?: boolean | ("true" | "false");
            };
            header?: never;
            path: {
                domainId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            projectId: string | null;
                            projectName: string | null;
                            /** Format: uuid */
                            domainId: string;
                            domainName: string;
                            email: string;
                            /** @enum {string} */
                            role: "reader" | "member" | "manager" | "admin";
                            message: string;
                            /** @enum {string} */
                            state: "open" | "expired" | "accepted" | "revoked";
                            invitedByName: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            sentAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                            endedAt: string | null;
                            acceptedByName: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "invite.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        projectId: string | null;
                        projectName: string | null;
                        /** Format: uuid */
                        domainId: string;
                        domainName: string;
                        email: string;
                        /** @enum {string} */
                        role: "reader" | "member" | "manager" | "admin";
                        message: string;
                        /** @enum {string} */
                        state: "open" | "expired" | "accepted" | "revoked";
                        invitedByName: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        sentAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        endedAt: string | null;
                        acceptedByName: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "invite.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "invite.resend": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @default 7 */
                    expiresInDays?: number;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        projectId: string | null;
                        projectName: string | null;
                        /** Format: uuid */
                        domainId: string;
                        domainName: string;
                        email: string;
                        /** @enum {string} */
                        role: "reader" | "member" | "manager" | "admin";
                        message: string;
                        /** @enum {string} */
                        state: "open" | "expired" | "accepted" | "revoked";
                        invitedByName: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        sentAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        endedAt: string | null;
                        acceptedByName: string | null;
                        link: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "invite.open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email: string;
                        /** @enum {string} */
                        role: "reader" | "member" | "manager" | "admin";
                        message: string;
                        projectId: string | null;
                        projectName: string | null;
                        /** Format: uuid */
                        domainId: string;
                        domainName: string;
                        invitedByName: string | null;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "invite.accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        projectId: string | null;
                        /** Format: uuid */
                        domainId: string;
                        domainName: string;
                        /** @enum {string} */
                        role: "reader" | "member" | "manager" | "admin";
                        userName: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "invite.join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    name: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        projectId: string | null;
                        /** Format: uuid */
                        domainId: string;
                        domainName: string;
                        /** @enum {string} */
                        role: "reader" | "member" | "manager" | "admin";
                        userName: string;
                    };
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "member.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "member.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "reader" | "member" | "manager" | "admin";
                };
            };
        };
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "member.leaveProject": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "member.leaveDomain": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "region.list": {
        parameters: {
            query?: {
                parentRegionId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Region"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "region.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: string;
                    /** @default  */
                    description?: string;
                    parentRegionId?: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Region"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Region"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "region.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Region"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "region.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "region.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    description?: string;
                    parentRegionId?: string | null;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Region"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "service.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                type?: string;
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Service"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "service.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    type: string;
                    name: string;
                    /** @default  */
                    description?: string;
                    /** @default true */
                    isEnabled?: boolean;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "service.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "service.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "service.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    type?: string;
                    name?: string;
                    description?: string;
                    isEnabled?: boolean;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "endpoint.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                serviceId?: string;
                regionId?: string;
                interface?: "public" | "internal" | "admin";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Endpoint"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "endpoint.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    serviceId: string;
                    regionId?: string;
                    /** @enum {string} */
                    interface: "public" | "internal" | "admin";
                    url: string;
                    /** @default true */
                    isEnabled?: boolean;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "endpoint.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "endpoint.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "endpoint.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    serviceId?: string;
                    regionId?: string | null;
                    /** @enum {string} */
                    interface?: "public" | "internal" | "admin";
                    url?: string;
                    isEnabled?: boolean;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "registeredLimit.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                serviceId?: string;
                regionId?: string;
                resourceName?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            serviceId: string;
                            regionId: string | null;
                            resourceName: string;
                            defaultLimit: number;
                            description: string;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "registeredLimit.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    serviceId: string;
                    regionId?: string;
                    resourceName: string;
                    defaultLimit: number;
                    /** @default  */
                    description?: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        serviceId: string;
                        regionId: string | null;
                        resourceName: string;
                        defaultLimit: number;
                        description: string;
                        /** Format: date-time */
                        createdAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        serviceId: string;
                        regionId: string | null;
                        resourceName: string;
                        defaultLimit: number;
                        description: string;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "registeredLimit.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        serviceId: string;
                        regionId: string | null;
                        resourceName: string;
                        defaultLimit: number;
                        description: string;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "registeredLimit.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "registeredLimit.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    serviceId?: string;
                    regionId?: string | null;
                    resourceName?: string;
                    defaultLimit?: number;
                    description?: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        serviceId: string;
                        regionId: string | null;
                        resourceName: string;
                        defaultLimit: number;
                        description: string;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "serviceLimit.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                serviceId?: string;
                regionId?: string;
                resourceName?: string;
                projectId?: string;
                domainId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            serviceId: string;
                            regionId: string | null;
                            resourceName: string;
                            projectId: string | null;
                            domainId: string | null;
                            resourceLimit: number;
                            description: string;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "serviceLimit.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    serviceId: string;
                    regionId?: string;
                    resourceName: string;
                    /** Format: uuid */
                    projectId?: string;
                    /** Format: uuid */
                    domainId?: string;
                    resourceLimit: number;
                    /** @default  */
                    description?: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        serviceId: string;
                        regionId: string | null;
                        resourceName: string;
                        projectId: string | null;
                        domainId: string | null;
                        resourceLimit: number;
                        description: string;
                        /** Format: date-time */
                        createdAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        serviceId: string;
                        regionId: string | null;
                        resourceName: string;
                        projectId: string | null;
                        domainId: string | null;
                        resourceLimit: number;
                        description: string;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "serviceLimit.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        serviceId: string;
                        regionId: string | null;
                        resourceName: string;
                        projectId: string | null;
                        domainId: string | null;
                        resourceLimit: number;
                        description: string;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "serviceLimit.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "serviceLimit.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    resourceLimit?: number;
                    description?: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        serviceId: string;
                        regionId: string | null;
                        resourceName: string;
                        projectId: string | null;
                        domainId: string | null;
                        resourceLimit: number;
                        description: string;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "flavor.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Flavor"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "flavor.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    vcpus: number;
                    memoryMib: number;
                    diskGib: number;
                    /** @default true */
                    isPublic?: boolean;
                    /** @default  */
                    description?: string;
                    alias?: string;
                    /** @default {} */
                    extraSpecs?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flavor"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flavor"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "flavor.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flavor"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "flavor.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "flavor.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    description?: string;
                    extraSpecs?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flavor"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "flavor.access": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        flavorId: string;
                        projectIds: string[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "flavor.allow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    projectId: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        flavorId: string;
                        projectIds: string[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "flavor.forbid": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "volumeType.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["VolumeType"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "volumeType.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string;
                    /** @default true */
                    isPublic?: boolean;
                    /** @default false */
                    isDefault?: boolean;
                    /** @default {} */
                    extraSpecs?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolumeType"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolumeType"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "volumeType.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolumeType"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "volumeType.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "volumeType.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string;
                    isPublic?: boolean;
                    isDefault?: boolean;
                    extraSpecs?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolumeType"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "volumeType.access": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        volumeTypeId: string;
                        projectIds: string[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "volumeType.allow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    projectId: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        volumeTypeId: string;
                        projectIds: string[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "volumeType.forbid": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "availabilityZone.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            name: string;
                            isAvailable: boolean;
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "image.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                memberState?: "pending" | "accepted" | "rejected";
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Image"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "image.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string;
                    /** @enum {string} */
                    diskFormat: "qcow2" | "raw";
                    /**
                     * @default private
                     * @enum {string}
                     */
                    visibility?: "private" | "shared" | "public";
                    /** @default 0 */
                    minDiskGib?: number;
                    /** @default 0 */
                    minMemoryMib?: number;
                    loginUser?: string;
                    sha256?: string;
                    /** @default [] */
                    tags?: (string & (unknown & unknown))[];
                    /** @default {} */
                    properties?: {
                        [key: string]: string;
                    };
                    /** @default false */
                    isProtected?: boolean;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Image"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Image"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "image.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Image"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "image.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begun; follow the operation that Location names. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Image"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "image.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string;
                    minDiskGib?: number;
                    minMemoryMib?: number;
                    tags?: (string & (unknown & unknown))[];
                    properties?: {
                        [key: string]: string;
                    };
                    isProtected?: boolean;
                    /** @enum {string} */
                    visibility?: "private" | "shared" | "public";
                    /** Format: uuid */
                    projectId?: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Image"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "imageMember.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            imageId: string;
                            /** Format: uuid */
                            projectId: string;
                            /** @enum {string} */
                            state: "pending" | "accepted" | "rejected";
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "imageMember.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    projectId: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        imageId: string;
                        /** Format: uuid */
                        projectId: string;
                        /** @enum {string} */
                        state: "pending" | "accepted" | "rejected";
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        imageId: string;
                        /** Format: uuid */
                        projectId: string;
                        /** @enum {string} */
                        state: "pending" | "accepted" | "rejected";
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "imageMember.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "imageMember.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    state: "pending" | "accepted" | "rejected";
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        imageId: string;
                        /** Format: uuid */
                        projectId: string;
                        /** @enum {string} */
                        state: "pending" | "accepted" | "rejected";
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "keyPair.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["KeyPair"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "keyPair.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    publicKey: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyPair"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyPair"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "keyPair.generate": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        kind: string;
                        publicKey: string;
                        fingerprintSha256: string;
                        /** Format: date-time */
                        createdAt: string;
                        privateKey: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        kind: string;
                        publicKey: string;
                        fingerprintSha256: string;
                        /** Format: date-time */
                        createdAt: string;
                        privateKey: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "keyPair.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyPair"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "keyPair.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "network.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                tags?: (string & (unknown & unknown))[] | string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Network"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "network.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string;
                    /** @default true */
                    isEnabled?: boolean;
                    /** @default true */
                    hasPortSecurity?: boolean;
                    mtu?: number;
                    /** @default [] */
                    tags?: (string & (unknown & unknown))[];
                    provider?: {
                        /**
                         * @default vxlan
                         * @enum {string}
                         */
                        type?: "vxlan" | "gre" | "vlan" | "flat" | "local";
                        physicalNetwork?: string;
                        segmentationId?: number;
                    };
                    /** @default false */
                    isExternal?: boolean;
                    /** @default false */
                    isShared?: boolean;
                    qosPolicyId?: string | null;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "network.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "network.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "network.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string;
                    tags?: (string & (unknown & unknown))[];
                    isEnabled?: boolean;
                    hasPortSecurity?: boolean;
                    mtu?: number;
                    isExternal?: boolean;
                    isShared?: boolean;
                    qosPolicyId?: string | null;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "subnet.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                networkId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    cidr?: string;
                    /** Format: uuid */
                    subnetPoolId?: string;
                    prefixLength?: number;
                    /** @default null */
                    ipv6Mode?: ("slaac" | "dhcpv6-stateful" | "dhcpv6-stateless") | null;
                    gatewayAddress?: (string) | null;
                    /** @default [] */
                    dnsServers?: (string)[];
                    /** @default [] */
                    allocationPools?: {
                        first: string;
                        last: string;
                    }[];
                    /** @default [] */
                    hostRoutes?: {
                        destination: string;
                        nextHop: string;
                    }[];
                    /** @default true */
                    hasDhcp?: boolean;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subnet"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subnet"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "subnet.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                tags?: (string & (unknown & unknown))[] | string;
                networkId?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Subnet"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "subnet.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subnet"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "subnet.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "subnet.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    gatewayAddress?: (string) | null;
                    dnsServers?: (string)[];
                    allocationPools?: {
                        first: string;
                        last: string;
                    }[];
                    hostRoutes?: {
                        destination: string;
                        nextHop: string;
                    }[];
                    hasDhcp?: boolean;
                    tags?: (string & (unknown & unknown))[];
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subnet"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "port.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                networkId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    projectId?: string;
                    name?: "" | string;
                    description?: string;
                    tags?: (string & (unknown & unknown))[];
                    securityGroupIds?: string[];
                    macAddress?: string;
                    addresses?: {
                        /** Format: uuid */
                        subnetId?: string;
                        address?: string;
                    }[];
                    isEnabled?: boolean;
                    hasPortSecurity?: boolean;
                    allowedAddressPairs?: {
                        prefix: (string) | (string);
                        /** @default null */
                        macAddress?: string | null;
                    }[];
                    dhcpOptions?: {
                        /** @default 4 */
                        family?: 4 | 6;
                        name: string;
                        value: string;
                    }[];
                    dnsName?: string | null;
                    qosPolicyId?: string | null;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Port"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Port"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "port.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                tags?: (string & (unknown & unknown))[] | string;
                serverId?: string;
                networkId?: string;
                securityGroupId?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Port"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "port.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Port"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "port.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "port.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: "" | string;
                    description?: string;
                    tags?: (string & (unknown & unknown))[];
                    securityGroupIds?: string[];
                    macAddress?: string;
                    addresses?: {
                        /** Format: uuid */
                        subnetId?: string;
                        address?: string;
                    }[];
                    isEnabled?: boolean;
                    hasPortSecurity?: boolean;
                    allowedAddressPairs?: {
                        prefix: (string) | (string);
                        /** @default null */
                        macAddress?: string | null;
                    }[];
                    dhcpOptions?: {
                        /** @default 4 */
                        family?: 4 | 6;
                        name: string;
                        value: string;
                    }[];
                    dnsName?: string | null;
                    qosPolicyId?: string | null;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Port"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "router.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                tags?: (string & (unknown & unknown))[] | string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            projectId: string;
                            name: string;
                            description: string;
                            tags: string[];
                            isEnabled: boolean;
                            /** @enum {string} */
                            state: "building" | "active" | "down" | "error";
                            failure: components["schemas"]["Failure"] | null;
                            interfaces: {
                                /** Format: uuid */
                                portId: string;
                                /** Format: uuid */
                                networkId: string;
                                macAddress: string;
                                addresses: {
                                    /** Format: uuid */
                                    subnetId: string;
                                    address: string;
                                }[];
                            }[];
                            gateway: {
                                /** Format: uuid */
                                portId: string;
                                /** Format: uuid */
                                networkId: string;
                                macAddress: string;
                                addresses: {
                                    /** Format: uuid */
                                    subnetId: string;
                                    address: string;
                                }[];
                                hasSnat: boolean;
                            } | null;
                            routes: {
                                destination: string;
                                nextHop: string;
                            }[];
                            hostName: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            revision: number;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "router.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string;
                    /** @default [] */
                    tags?: (string & (unknown & unknown))[];
                    /** @default true */
                    isEnabled?: boolean;
                    /** @default null */
                    gateway?: {
                        /** Format: uuid */
                        networkId: string;
                        addresses?: {
                            /** Format: uuid */
                            subnetId?: string;
                            address?: string;
                        }[];
                        hasSnat?: boolean;
                    } | null;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        description: string;
                        tags: string[];
                        isEnabled: boolean;
                        /** @enum {string} */
                        state: "building" | "active" | "down" | "error";
                        failure: components["schemas"]["Failure"] | null;
                        interfaces: {
                            /** Format: uuid */
                            portId: string;
                            /** Format: uuid */
                            networkId: string;
                            macAddress: string;
                            addresses: {
                                /** Format: uuid */
                                subnetId: string;
                                address: string;
                            }[];
                        }[];
                        gateway: {
                            /** Format: uuid */
                            portId: string;
                            /** Format: uuid */
                            networkId: string;
                            macAddress: string;
                            addresses: {
                                /** Format: uuid */
                                subnetId: string;
                                address: string;
                            }[];
                            hasSnat: boolean;
                        } | null;
                        routes: {
                            destination: string;
                            nextHop: string;
                        }[];
                        hostName: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        description: string;
                        tags: string[];
                        isEnabled: boolean;
                        /** @enum {string} */
                        state: "building" | "active" | "down" | "error";
                        failure: components["schemas"]["Failure"] | null;
                        interfaces: {
                            /** Format: uuid */
                            portId: string;
                            /** Format: uuid */
                            networkId: string;
                            macAddress: string;
                            addresses: {
                                /** Format: uuid */
                                subnetId: string;
                                address: string;
                            }[];
                        }[];
                        gateway: {
                            /** Format: uuid */
                            portId: string;
                            /** Format: uuid */
                            networkId: string;
                            macAddress: string;
                            addresses: {
                                /** Format: uuid */
                                subnetId: string;
                                address: string;
                            }[];
                            hasSnat: boolean;
                        } | null;
                        routes: {
                            destination: string;
                            nextHop: string;
                        }[];
                        hostName: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "router.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        description: string;
                        tags: string[];
                        isEnabled: boolean;
                        /** @enum {string} */
                        state: "building" | "active" | "down" | "error";
                        failure: components["schemas"]["Failure"] | null;
                        interfaces: {
                            /** Format: uuid */
                            portId: string;
                            /** Format: uuid */
                            networkId: string;
                            macAddress: string;
                            addresses: {
                                /** Format: uuid */
                                subnetId: string;
                                address: string;
                            }[];
                        }[];
                        gateway: {
                            /** Format: uuid */
                            portId: string;
                            /** Format: uuid */
                            networkId: string;
                            macAddress: string;
                            addresses: {
                                /** Format: uuid */
                                subnetId: string;
                                address: string;
                            }[];
                            hasSnat: boolean;
                        } | null;
                        routes: {
                            destination: string;
                            nextHop: string;
                        }[];
                        hostName: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "router.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "router.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string;
                    tags?: (string & (unknown & unknown))[];
                    isEnabled?: boolean;
                    gateway?: {
                        /** Format: uuid */
                        networkId: string;
                        addresses?: {
                            /** Format: uuid */
                            subnetId?: string;
                            address?: string;
                        }[];
                        hasSnat?: boolean;
                    } | null;
                    routes?: {
                        destination: string;
                        nextHop: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        description: string;
                        tags: string[];
                        isEnabled: boolean;
                        /** @enum {string} */
                        state: "building" | "active" | "down" | "error";
                        failure: components["schemas"]["Failure"] | null;
                        interfaces: {
                            /** Format: uuid */
                            portId: string;
                            /** Format: uuid */
                            networkId: string;
                            macAddress: string;
                            addresses: {
                                /** Format: uuid */
                                subnetId: string;
                                address: string;
                            }[];
                        }[];
                        gateway: {
                            /** Format: uuid */
                            portId: string;
                            /** Format: uuid */
                            networkId: string;
                            macAddress: string;
                            addresses: {
                                /** Format: uuid */
                                subnetId: string;
                                address: string;
                            }[];
                            hasSnat: boolean;
                        } | null;
                        routes: {
                            destination: string;
                            nextHop: string;
                        }[];
                        hostName: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "router.addInterface": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    subnetId?: string;
                    /** Format: uuid */
                    portId?: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        description: string;
                        tags: string[];
                        isEnabled: boolean;
                        /** @enum {string} */
                        state: "building" | "active" | "down" | "error";
                        failure: components["schemas"]["Failure"] | null;
                        interfaces: {
                            /** Format: uuid */
                            portId: string;
                            /** Format: uuid */
                            networkId: string;
                            macAddress: string;
                            addresses: {
                                /** Format: uuid */
                                subnetId: string;
                                address: string;
                            }[];
                        }[];
                        gateway: {
                            /** Format: uuid */
                            portId: string;
                            /** Format: uuid */
                            networkId: string;
                            macAddress: string;
                            addresses: {
                                /** Format: uuid */
                                subnetId: string;
                                address: string;
                            }[];
                            hasSnat: boolean;
                        } | null;
                        routes: {
                            destination: string;
                            nextHop: string;
                        }[];
                        hostName: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        description: string;
                        tags: string[];
                        isEnabled: boolean;
                        /** @enum {string} */
                        state: "building" | "active" | "down" | "error";
                        failure: components["schemas"]["Failure"] | null;
                        interfaces: {
                            /** Format: uuid */
                            portId: string;
                            /** Format: uuid */
                            networkId: string;
                            macAddress: string;
                            addresses: {
                                /** Format: uuid */
                                subnetId: string;
                                address: string;
                            }[];
                        }[];
                        gateway: {
                            /** Format: uuid */
                            portId: string;
                            /** Format: uuid */
                            networkId: string;
                            macAddress: string;
                            addresses: {
                                /** Format: uuid */
                                subnetId: string;
                                address: string;
                            }[];
                            hasSnat: boolean;
                        } | null;
                        routes: {
                            destination: string;
                            nextHop: string;
                        }[];
                        hostName: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "router.removeInterface": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                portId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "floatingIp.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                tags?: (string & (unknown & unknown))[] | string;
                portId?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            projectId: string;
                            /** Format: uuid */
                            networkId: string;
                            address: string;
                            description: string;
                            tags: string[];
                            portId: string | null;
                            fixedAddress: string | null;
                            server: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            routerId: string | null;
                            forwardings: {
                                /** Format: uuid */
                                id: string;
                                /** Format: uuid */
                                floatingIpId: string;
                                description: string;
                                /** @enum {string} */
                                protocol: "tcp" | "udp";
                                externalPortMin: number;
                                externalPortMax: number;
                                /** Format: uuid */
                                portId: string;
                                fixedAddress: string;
                                internalPortMin: number;
                                internalPortMax: number;
                                /** Format: date-time */
                                createdAt: string;
                            }[];
                            /** @enum {string} */
                            state: "down" | "active" | "waiting" | "error";
                            failure: components["schemas"]["Failure"] | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            revision: number;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "floatingIp.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    networkId: string;
                    /** Format: uuid */
                    subnetId?: string;
                    /** Format: ipv4 */
                    address?: string;
                    /** @default  */
                    description?: string;
                    /** @default [] */
                    tags?: (string & (unknown & unknown))[];
                    portId?: string | null;
                    /** Format: ipv4 */
                    fixedAddress?: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        /** Format: uuid */
                        networkId: string;
                        address: string;
                        description: string;
                        tags: string[];
                        portId: string | null;
                        fixedAddress: string | null;
                        server: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        routerId: string | null;
                        forwardings: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            floatingIpId: string;
                            description: string;
                            /** @enum {string} */
                            protocol: "tcp" | "udp";
                            externalPortMin: number;
                            externalPortMax: number;
                            /** Format: uuid */
                            portId: string;
                            fixedAddress: string;
                            internalPortMin: number;
                            internalPortMax: number;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        /** @enum {string} */
                        state: "down" | "active" | "waiting" | "error";
                        failure: components["schemas"]["Failure"] | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        /** Format: uuid */
                        networkId: string;
                        address: string;
                        description: string;
                        tags: string[];
                        portId: string | null;
                        fixedAddress: string | null;
                        server: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        routerId: string | null;
                        forwardings: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            floatingIpId: string;
                            description: string;
                            /** @enum {string} */
                            protocol: "tcp" | "udp";
                            externalPortMin: number;
                            externalPortMax: number;
                            /** Format: uuid */
                            portId: string;
                            fixedAddress: string;
                            internalPortMin: number;
                            internalPortMax: number;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        /** @enum {string} */
                        state: "down" | "active" | "waiting" | "error";
                        failure: components["schemas"]["Failure"] | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "floatingIp.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        /** Format: uuid */
                        networkId: string;
                        address: string;
                        description: string;
                        tags: string[];
                        portId: string | null;
                        fixedAddress: string | null;
                        server: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        routerId: string | null;
                        forwardings: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            floatingIpId: string;
                            description: string;
                            /** @enum {string} */
                            protocol: "tcp" | "udp";
                            externalPortMin: number;
                            externalPortMax: number;
                            /** Format: uuid */
                            portId: string;
                            fixedAddress: string;
                            internalPortMin: number;
                            internalPortMax: number;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        /** @enum {string} */
                        state: "down" | "active" | "waiting" | "error";
                        failure: components["schemas"]["Failure"] | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "floatingIp.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "floatingIp.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    description?: string;
                    tags?: (string & (unknown & unknown))[];
                    portId?: string | null;
                    /** Format: ipv4 */
                    fixedAddress?: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        /** Format: uuid */
                        networkId: string;
                        address: string;
                        description: string;
                        tags: string[];
                        portId: string | null;
                        fixedAddress: string | null;
                        server: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        routerId: string | null;
                        forwardings: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            floatingIpId: string;
                            description: string;
                            /** @enum {string} */
                            protocol: "tcp" | "udp";
                            externalPortMin: number;
                            externalPortMax: number;
                            /** Format: uuid */
                            portId: string;
                            fixedAddress: string;
                            internalPortMin: number;
                            internalPortMax: number;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        /** @enum {string} */
                        state: "down" | "active" | "waiting" | "error";
                        failure: components["schemas"]["Failure"] | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "floatingIp.createForwarding": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                floatingIpId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    description?: string;
                    /** @enum {string} */
                    protocol: "tcp" | "udp";
                    externalPortMin: number;
                    externalPortMax?: number;
                    /** Format: uuid */
                    portId: string;
                    /** Format: ipv4 */
                    fixedAddress?: string;
                    internalPortMin: number;
                    internalPortMax?: number;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        floatingIpId: string;
                        description: string;
                        /** @enum {string} */
                        protocol: "tcp" | "udp";
                        externalPortMin: number;
                        externalPortMax: number;
                        /** Format: uuid */
                        portId: string;
                        fixedAddress: string;
                        internalPortMin: number;
                        internalPortMax: number;
                        /** Format: date-time */
                        createdAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        floatingIpId: string;
                        description: string;
                        /** @enum {string} */
                        protocol: "tcp" | "udp";
                        externalPortMin: number;
                        externalPortMax: number;
                        /** Format: uuid */
                        portId: string;
                        fixedAddress: string;
                        internalPortMin: number;
                        internalPortMax: number;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "floatingIp.deleteForwarding": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                floatingIpId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "floatingIp.updateForwarding": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                floatingIpId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    description?: string;
                    /** @enum {string} */
                    protocol?: "tcp" | "udp";
                    externalPortMin?: number;
                    externalPortMax?: number;
                    /** Format: uuid */
                    portId?: string;
                    /** Format: ipv4 */
                    fixedAddress?: string;
                    internalPortMin?: number;
                    internalPortMax?: number;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        floatingIpId: string;
                        description: string;
                        /** @enum {string} */
                        protocol: "tcp" | "udp";
                        externalPortMin: number;
                        externalPortMax: number;
                        /** Format: uuid */
                        portId: string;
                        fixedAddress: string;
                        internalPortMin: number;
                        internalPortMax: number;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "securityGroup.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                tags?: (string & (unknown & unknown))[] | string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SecurityGroup"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "securityGroup.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityGroup"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityGroup"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "securityGroup.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityGroup"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "securityGroup.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "securityGroup.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string;
                    tags?: (string & (unknown & unknown))[];
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityGroup"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "securityGroup.createRule": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                securityGroupId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    direction: "ingress" | "egress";
                    family?: 4 | 6;
                    protocol: ("tcp" | "udp" | "icmp" | "any") | number;
                    portMin?: number;
                    portMax?: number;
                    icmpType?: number;
                    icmpCode?: number;
                    remotePrefix?: string;
                    /** Format: uuid */
                    remoteGroupId?: string;
                    /** @default  */
                    description?: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityGroupRule"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityGroupRule"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "securityGroup.deleteRule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                securityGroupId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "qosPolicy.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            projectId: string;
                            name: string;
                            description: string;
                            isDefault: boolean;
                            isShared: boolean;
                            rules: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                kind: "bandwidth-limit" | "dscp-marking" | "minimum-bandwidth";
                                direction: ("egress" | "ingress") | null;
                                kilobitsPerSecond: number | null;
                                burstKilobits: number | null;
                                dscpMark: number | null;
                            }[];
                            networkCount: number | null;
                            portCount: number | null;
                            tags: string[];
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            revision: number;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "qosPolicy.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string;
                    /** @default false */
                    isDefault?: boolean;
                    /** @default false */
                    isShared?: boolean;
                    /** @default [] */
                    rules?: {
                        /** @enum {string} */
                        kind: "bandwidth-limit" | "dscp-marking" | "minimum-bandwidth";
                        /** @enum {string} */
                        direction?: "egress" | "ingress";
                        kilobitsPerSecond?: number;
                        burstKilobits?: number;
                        dscpMark?: number;
                    }[];
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        description: string;
                        isDefault: boolean;
                        isShared: boolean;
                        rules: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "bandwidth-limit" | "dscp-marking" | "minimum-bandwidth";
                            direction: ("egress" | "ingress") | null;
                            kilobitsPerSecond: number | null;
                            burstKilobits: number | null;
                            dscpMark: number | null;
                        }[];
                        networkCount: number | null;
                        portCount: number | null;
                        tags: string[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        description: string;
                        isDefault: boolean;
                        isShared: boolean;
                        rules: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "bandwidth-limit" | "dscp-marking" | "minimum-bandwidth";
                            direction: ("egress" | "ingress") | null;
                            kilobitsPerSecond: number | null;
                            burstKilobits: number | null;
                            dscpMark: number | null;
                        }[];
                        networkCount: number | null;
                        portCount: number | null;
                        tags: string[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "qosPolicy.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        description: string;
                        isDefault: boolean;
                        isShared: boolean;
                        rules: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "bandwidth-limit" | "dscp-marking" | "minimum-bandwidth";
                            direction: ("egress" | "ingress") | null;
                            kilobitsPerSecond: number | null;
                            burstKilobits: number | null;
                            dscpMark: number | null;
                        }[];
                        networkCount: number | null;
                        portCount: number | null;
                        tags: string[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "qosPolicy.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "qosPolicy.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string;
                    isDefault?: boolean;
                    isShared?: boolean;
                    tags?: (string & (unknown & unknown))[];
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        description: string;
                        isDefault: boolean;
                        isShared: boolean;
                        rules: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "bandwidth-limit" | "dscp-marking" | "minimum-bandwidth";
                            direction: ("egress" | "ingress") | null;
                            kilobitsPerSecond: number | null;
                            burstKilobits: number | null;
                            dscpMark: number | null;
                        }[];
                        networkCount: number | null;
                        portCount: number | null;
                        tags: string[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "qosPolicy.createRule": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                qosPolicyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "bandwidth-limit" | "dscp-marking" | "minimum-bandwidth";
                    /** @enum {string} */
                    direction?: "egress" | "ingress";
                    kilobitsPerSecond?: number;
                    burstKilobits?: number;
                    dscpMark?: number;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        kind: "bandwidth-limit" | "dscp-marking" | "minimum-bandwidth";
                        direction: ("egress" | "ingress") | null;
                        kilobitsPerSecond: number | null;
                        burstKilobits: number | null;
                        dscpMark: number | null;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        kind: "bandwidth-limit" | "dscp-marking" | "minimum-bandwidth";
                        direction: ("egress" | "ingress") | null;
                        kilobitsPerSecond: number | null;
                        burstKilobits: number | null;
                        dscpMark: number | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "qosPolicy.deleteRule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                qosPolicyId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "qosPolicy.updateRule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                qosPolicyId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    direction?: "egress" | "ingress";
                    kilobitsPerSecond?: number;
                    burstKilobits?: number;
                    dscpMark?: number;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        kind: "bandwidth-limit" | "dscp-marking" | "minimum-bandwidth";
                        direction: ("egress" | "ingress") | null;
                        kilobitsPerSecond: number | null;
                        burstKilobits: number | null;
                        dscpMark: number | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "subnetPool.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            projectId: string;
                            addressScopeId: string | null;
                            name: string;
                            description: string;
                            family: 4 | 6;
                            prefixes: string[];
                            minPrefixLength: number;
                            maxPrefixLength: number;
                            defaultPrefixLength: number;
                            quota: number | null;
                            isDefault: boolean;
                            isShared: boolean;
                            tags: string[];
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            revision: number;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "subnetPool.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    prefixes: (string)[];
                    description?: string;
                    minPrefixLength?: number;
                    maxPrefixLength?: number;
                    defaultPrefixLength?: number;
                    quota?: number | null;
                    addressScopeId?: string | null;
                    /** @default false */
                    isDefault?: boolean;
                    /** @default false */
                    isShared?: boolean;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        addressScopeId: string | null;
                        name: string;
                        description: string;
                        family: 4 | 6;
                        prefixes: string[];
                        minPrefixLength: number;
                        maxPrefixLength: number;
                        defaultPrefixLength: number;
                        quota: number | null;
                        isDefault: boolean;
                        isShared: boolean;
                        tags: string[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        addressScopeId: string | null;
                        name: string;
                        description: string;
                        family: 4 | 6;
                        prefixes: string[];
                        minPrefixLength: number;
                        maxPrefixLength: number;
                        defaultPrefixLength: number;
                        quota: number | null;
                        isDefault: boolean;
                        isShared: boolean;
                        tags: string[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "subnetPool.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        addressScopeId: string | null;
                        name: string;
                        description: string;
                        family: 4 | 6;
                        prefixes: string[];
                        minPrefixLength: number;
                        maxPrefixLength: number;
                        defaultPrefixLength: number;
                        quota: number | null;
                        isDefault: boolean;
                        isShared: boolean;
                        tags: string[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "subnetPool.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "subnetPool.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    prefixes?: (string)[];
                    description?: string;
                    minPrefixLength?: number;
                    maxPrefixLength?: number;
                    defaultPrefixLength?: number;
                    quota?: number | null;
                    addressScopeId?: string | null;
                    isDefault?: boolean;
                    isShared?: boolean;
                    tags?: (string & (unknown & unknown))[];
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        addressScopeId: string | null;
                        name: string;
                        description: string;
                        family: 4 | 6;
                        prefixes: string[];
                        minPrefixLength: number;
                        maxPrefixLength: number;
                        defaultPrefixLength: number;
                        quota: number | null;
                        isDefault: boolean;
                        isShared: boolean;
                        tags: string[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        revision: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "addressScope.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            projectId: string;
                            name: string;
                            family: 4 | 6;
                            isShared: boolean;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "addressScope.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    family: 4 | 6;
                    /** @default false */
                    isShared?: boolean;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        family: 4 | 6;
                        isShared: boolean;
                        /** Format: date-time */
                        createdAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        family: 4 | 6;
                        isShared: boolean;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "addressScope.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        family: 4 | 6;
                        isShared: boolean;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "addressScope.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "addressScope.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    isShared?: boolean;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        family: 4 | 6;
                        isShared: boolean;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "rbacPolicy.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                objectId?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            projectId: string;
                            /** @enum {string} */
                            objectType: "network" | "qos-policy" | "subnet-pool" | "address-scope" | "security-group";
                            /** Format: uuid */
                            objectId: string;
                            /** @enum {string} */
                            action: "access_as_shared" | "access_as_external";
                            targetProjectId: string | null;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "rbacPolicy.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    objectType: "network" | "qos-policy" | "subnet-pool" | "address-scope" | "security-group";
                    /** Format: uuid */
                    objectId: string;
                    /**
                     * @default access_as_shared
                     * @enum {string}
                     */
                    action?: "access_as_shared" | "access_as_external";
                    targetProjectId: string | null;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        /** @enum {string} */
                        objectType: "network" | "qos-policy" | "subnet-pool" | "address-scope" | "security-group";
                        /** Format: uuid */
                        objectId: string;
                        /** @enum {string} */
                        action: "access_as_shared" | "access_as_external";
                        targetProjectId: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        /** @enum {string} */
                        objectType: "network" | "qos-policy" | "subnet-pool" | "address-scope" | "security-group";
                        /** Format: uuid */
                        objectId: string;
                        /** @enum {string} */
                        action: "access_as_shared" | "access_as_external";
                        targetProjectId: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "rbacPolicy.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        /** @enum {string} */
                        objectType: "network" | "qos-policy" | "subnet-pool" | "address-scope" | "security-group";
                        /** Format: uuid */
                        objectId: string;
                        /** @enum {string} */
                        action: "access_as_shared" | "access_as_external";
                        targetProjectId: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "rbacPolicy.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "rbacPolicy.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    targetProjectId: string | null;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        /** @enum {string} */
                        objectType: "network" | "qos-policy" | "subnet-pool" | "address-scope" | "security-group";
                        /** Format: uuid */
                        objectId: string;
                        /** @enum {string} */
                        action: "access_as_shared" | "access_as_external";
                        targetProjectId: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "server.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Server"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "server.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** Format: uuid */
                    flavorId: string;
                    /** Format: uuid */
                    imageId: string;
                    networkIds?: string[];
                    interfaces?: ({
                        /** Format: uuid */
                        networkId: string;
                        address?: string;
                    } | {
                        /** Format: uuid */
                        portId: string;
                    })[];
                    /** @default [] */
                    keyPairNames?: string[];
                    securityGroupIds?: string[];
                    userData?: string;
                    /** @default {} */
                    metadata?: {
                        [key: string]: string;
                    };
                    availabilityZone?: string;
                    hostName?: string;
                    /** Format: uuid */
                    serverGroupId?: string;
                    /** @default  */
                    description?: string;
                    /** @default [] */
                    tags?: (string & (unknown & unknown))[];
                    accessIpv4?: string | null;
                    accessIpv6?: string | null;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "server.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "server.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begun; follow the operation that Location names. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "server.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string;
                    metadata?: {
                        [key: string]: string;
                    };
                    tags?: (string & (unknown & unknown))[];
                    accessIpv4?: string | null;
                    accessIpv6?: string | null;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "server.start": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begun; follow the operation that Location names. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "server.stop": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begun; follow the operation that Location names. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "server.reboot": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @default soft
                     * @enum {string}
                     */
                    kind?: "soft" | "hard";
                };
            };
        };
        responses: {
            /** @description Begun; follow the operation that Location names. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "server.migrate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    hostName?: string;
                };
            };
        };
        responses: {
            /** @description Begun; follow the operation that Location names. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "server.evacuate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    hostName?: string;
                };
            };
        };
        responses: {
            /** @description Begun; follow the operation that Location names. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "server.attachInterface": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    portId?: string;
                    /** Format: uuid */
                    networkId?: string;
                    address?: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "server.detachInterface": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                portId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "server.log": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        text: string;
                        truncated: boolean;
                        capturedAt: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "serverGroup.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            projectId: string;
                            userId: string | null;
                            name: string;
                            /** @enum {string} */
                            policy: "affinity" | "anti-affinity" | "soft-affinity" | "soft-anti-affinity";
                            maxServersPerHost: number | null;
                            servers: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "serverGroup.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @enum {string} */
                    policy: "affinity" | "anti-affinity" | "soft-affinity" | "soft-anti-affinity";
                    maxServersPerHost?: number;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        userId: string | null;
                        name: string;
                        /** @enum {string} */
                        policy: "affinity" | "anti-affinity" | "soft-affinity" | "soft-anti-affinity";
                        maxServersPerHost: number | null;
                        servers: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        userId: string | null;
                        name: string;
                        /** @enum {string} */
                        policy: "affinity" | "anti-affinity" | "soft-affinity" | "soft-anti-affinity";
                        maxServersPerHost: number | null;
                        servers: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "serverGroup.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        userId: string | null;
                        name: string;
                        /** @enum {string} */
                        policy: "affinity" | "anti-affinity" | "soft-affinity" | "soft-anti-affinity";
                        maxServersPerHost: number | null;
                        servers: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "serverGroup.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "consoleSession.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                serverId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "screen" | "serial";
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsoleSession"] & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsoleSession"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "operation.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                resourceId?: string;
                state?: "queued" | "running" | "unwinding" | "succeeded" | "failed";
                isOpen?: boolean | ("true" | "false");
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Operation"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "operation.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "operation.listAll": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                view?: "failed" | "late" | "open" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            projectId: string | null;
                            name: string;
                            title: string;
                            noun: string;
                            /** Format: uuid */
                            resourceId: string;
                            resourceName: string;
                            /** @enum {string} */
                            state: "queued" | "running" | "unwinding" | "succeeded" | "failed";
                            failure: components["schemas"]["Failure"] | null;
                            requestId: string;
                            userId: string | null;
                            steps: {
                                name: string;
                                title: string;
                                /** @enum {string} */
                                state: "pending" | "running" | "done" | "failed" | "undoing" | "undone";
                                attempt: number;
                                progress: string | null;
                                failure: components["schemas"]["Failure"] | null;
                                detail: string | null;
                                startedAt: string | null;
                                endedAt: string | null;
                            }[];
                            /** Format: date-time */
                            createdAt: string;
                            startedAt: string | null;
                            endedAt: string | null;
                            /** Format: date-time */
                            deadlineAt: string;
                            projectName: string | null;
                            userName: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "operation.retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begun; follow the operation that Location names. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "notification.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                isUnread?: boolean | ("true" | "false");
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            tone: "info" | "good" | "warning" | "bad";
                            title: string;
                            detail: string;
                            /** @enum {string} */
                            noun: "server" | "image" | "network" | "quota-request" | "budget" | "invite" | "webhook";
                            resourceId: string | null;
                            projectId: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            readAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "notification.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    isRead: boolean;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        tone: "info" | "good" | "warning" | "bad";
                        title: string;
                        detail: string;
                        /** @enum {string} */
                        noun: "server" | "image" | "network" | "quota-request" | "budget" | "invite" | "webhook";
                        resourceId: string | null;
                        projectId: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        readAt: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "notification.markRead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    until: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        marked: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "webhook.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            projectId: string;
                            name: string;
                            url: string;
                            events: ("server.created" | "server.changed" | "server.deleted" | "image.created" | "image.changed" | "image.deleted" | "network.created" | "network.changed" | "network.deleted" | "subnet.created" | "subnet.changed" | "subnet.deleted" | "port.created" | "port.changed" | "port.deleted" | "router.created" | "router.changed" | "router.deleted" | "floating-ip.created" | "floating-ip.changed" | "floating-ip.deleted" | "security-group.created" | "security-group.changed" | "security-group.deleted" | "operation.created" | "operation.changed" | "budget.created" | "budget.changed" | "budget.deleted" | "project.changed" | "role-assignment.created" | "role-assignment.deleted")[];
                            /** @enum {string} */
                            state: "enabled" | "failing" | "disabled";
                            disabledBy: ("person" | "failures" | "gone") | null;
                            failingSince: string | null;
                            waiting: number;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "webhook.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    url: string;
                    events: ("server.created" | "server.changed" | "server.deleted" | "image.created" | "image.changed" | "image.deleted" | "network.created" | "network.changed" | "network.deleted" | "subnet.created" | "subnet.changed" | "subnet.deleted" | "port.created" | "port.changed" | "port.deleted" | "router.created" | "router.changed" | "router.deleted" | "floating-ip.created" | "floating-ip.changed" | "floating-ip.deleted" | "security-group.created" | "security-group.changed" | "security-group.deleted" | "operation.created" | "operation.changed" | "budget.created" | "budget.changed" | "budget.deleted" | "project.changed" | "role-assignment.created" | "role-assignment.deleted")[];
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        url: string;
                        events: ("server.created" | "server.changed" | "server.deleted" | "image.created" | "image.changed" | "image.deleted" | "network.created" | "network.changed" | "network.deleted" | "subnet.created" | "subnet.changed" | "subnet.deleted" | "port.created" | "port.changed" | "port.deleted" | "router.created" | "router.changed" | "router.deleted" | "floating-ip.created" | "floating-ip.changed" | "floating-ip.deleted" | "security-group.created" | "security-group.changed" | "security-group.deleted" | "operation.created" | "operation.changed" | "budget.created" | "budget.changed" | "budget.deleted" | "project.changed" | "role-assignment.created" | "role-assignment.deleted")[];
                        /** @enum {string} */
                        state: "enabled" | "failing" | "disabled";
                        disabledBy: ("person" | "failures" | "gone") | null;
                        failingSince: string | null;
                        waiting: number;
                        /** Format: date-time */
                        createdAt: string;
                        secret: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        url: string;
                        events: ("server.created" | "server.changed" | "server.deleted" | "image.created" | "image.changed" | "image.deleted" | "network.created" | "network.changed" | "network.deleted" | "subnet.created" | "subnet.changed" | "subnet.deleted" | "port.created" | "port.changed" | "port.deleted" | "router.created" | "router.changed" | "router.deleted" | "floating-ip.created" | "floating-ip.changed" | "floating-ip.deleted" | "security-group.created" | "security-group.changed" | "security-group.deleted" | "operation.created" | "operation.changed" | "budget.created" | "budget.changed" | "budget.deleted" | "project.changed" | "role-assignment.created" | "role-assignment.deleted")[];
                        /** @enum {string} */
                        state: "enabled" | "failing" | "disabled";
                        disabledBy: ("person" | "failures" | "gone") | null;
                        failingSince: string | null;
                        waiting: number;
                        /** Format: date-time */
                        createdAt: string;
                        secret: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "webhook.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        url: string;
                        events: ("server.created" | "server.changed" | "server.deleted" | "image.created" | "image.changed" | "image.deleted" | "network.created" | "network.changed" | "network.deleted" | "subnet.created" | "subnet.changed" | "subnet.deleted" | "port.created" | "port.changed" | "port.deleted" | "router.created" | "router.changed" | "router.deleted" | "floating-ip.created" | "floating-ip.changed" | "floating-ip.deleted" | "security-group.created" | "security-group.changed" | "security-group.deleted" | "operation.created" | "operation.changed" | "budget.created" | "budget.changed" | "budget.deleted" | "project.changed" | "role-assignment.created" | "role-assignment.deleted")[];
                        /** @enum {string} */
                        state: "enabled" | "failing" | "disabled";
                        disabledBy: ("person" | "failures" | "gone") | null;
                        failingSince: string | null;
                        waiting: number;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "webhook.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "webhook.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    url?: string;
                    events?: ("server.created" | "server.changed" | "server.deleted" | "image.created" | "image.changed" | "image.deleted" | "network.created" | "network.changed" | "network.deleted" | "subnet.created" | "subnet.changed" | "subnet.deleted" | "port.created" | "port.changed" | "port.deleted" | "router.created" | "router.changed" | "router.deleted" | "floating-ip.created" | "floating-ip.changed" | "floating-ip.deleted" | "security-group.created" | "security-group.changed" | "security-group.deleted" | "operation.created" | "operation.changed" | "budget.created" | "budget.changed" | "budget.deleted" | "project.changed" | "role-assignment.created" | "role-assignment.deleted")[];
                    isEnabled?: boolean;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        url: string;
                        events: ("server.created" | "server.changed" | "server.deleted" | "image.created" | "image.changed" | "image.deleted" | "network.created" | "network.changed" | "network.deleted" | "subnet.created" | "subnet.changed" | "subnet.deleted" | "port.created" | "port.changed" | "port.deleted" | "router.created" | "router.changed" | "router.deleted" | "floating-ip.created" | "floating-ip.changed" | "floating-ip.deleted" | "security-group.created" | "security-group.changed" | "security-group.deleted" | "operation.created" | "operation.changed" | "budget.created" | "budget.changed" | "budget.deleted" | "project.changed" | "role-assignment.created" | "role-assignment.deleted")[];
                        /** @enum {string} */
                        state: "enabled" | "failing" | "disabled";
                        disabledBy: ("person" | "failures" | "gone") | null;
                        failingSince: string | null;
                        waiting: number;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "webhook.renewSecret": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        url: string;
                        events: ("server.created" | "server.changed" | "server.deleted" | "image.created" | "image.changed" | "image.deleted" | "network.created" | "network.changed" | "network.deleted" | "subnet.created" | "subnet.changed" | "subnet.deleted" | "port.created" | "port.changed" | "port.deleted" | "router.created" | "router.changed" | "router.deleted" | "floating-ip.created" | "floating-ip.changed" | "floating-ip.deleted" | "security-group.created" | "security-group.changed" | "security-group.deleted" | "operation.created" | "operation.changed" | "budget.created" | "budget.changed" | "budget.deleted" | "project.changed" | "role-assignment.created" | "role-assignment.deleted")[];
                        /** @enum {string} */
                        state: "enabled" | "failing" | "disabled";
                        disabledBy: ("person" | "failures" | "gone") | null;
                        failingSince: string | null;
                        waiting: number;
                        /** Format: date-time */
                        createdAt: string;
                        secret: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        name: string;
                        url: string;
                        events: ("server.created" | "server.changed" | "server.deleted" | "image.created" | "image.changed" | "image.deleted" | "network.created" | "network.changed" | "network.deleted" | "subnet.created" | "subnet.changed" | "subnet.deleted" | "port.created" | "port.changed" | "port.deleted" | "router.created" | "router.changed" | "router.deleted" | "floating-ip.created" | "floating-ip.changed" | "floating-ip.deleted" | "security-group.created" | "security-group.changed" | "security-group.deleted" | "operation.created" | "operation.changed" | "budget.created" | "budget.changed" | "budget.deleted" | "project.changed" | "role-assignment.created" | "role-assignment.deleted")[];
                        /** @enum {string} */
                        state: "enabled" | "failing" | "disabled";
                        disabledBy: ("person" | "failures" | "gone") | null;
                        failingSince: string | null;
                        waiting: number;
                        /** Format: date-time */
                        createdAt: string;
                        secret: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "webhook.test": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        webhookId: string;
                        event: string;
                        payload: string;
                        /** @enum {string} */
                        state: "waiting" | "delivered" | "failed";
                        attempts: number;
                        lastStatus: number | null;
                        lastError: string | null;
                        lastAttemptAt: string | null;
                        nextAttemptAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        webhookId: string;
                        event: string;
                        payload: string;
                        /** @enum {string} */
                        state: "waiting" | "delivered" | "failed";
                        attempts: number;
                        lastStatus: number | null;
                        lastError: string | null;
                        lastAttemptAt: string | null;
                        nextAttemptAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "webhook.deliveries": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                state?: "waiting" | "delivered" | "failed";
            };
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            webhookId: string;
                            event: string;
                            payload: string;
                            /** @enum {string} */
                            state: "waiting" | "delivered" | "failed";
                            attempts: number;
                            lastStatus: number | null;
                            lastError: string | null;
                            lastAttemptAt: string | null;
                            nextAttemptAt: string | null;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "webhook.resend": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                webhookId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        webhookId: string;
                        event: string;
                        payload: string;
                        /** @enum {string} */
                        state: "waiting" | "delivered" | "failed";
                        attempts: number;
                        lastStatus: number | null;
                        lastError: string | null;
                        lastAttemptAt: string | null;
                        nextAttemptAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        webhookId: string;
                        event: string;
                        payload: string;
                        /** @enum {string} */
                        state: "waiting" | "delivered" | "failed";
                        attempts: number;
                        lastStatus: number | null;
                        lastError: string | null;
                        lastAttemptAt: string | null;
                        nextAttemptAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "audit.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                text?: string;
                action?: string;
                noun?: string;
                outcome?: "done" | "refused";
                actorId?: string;
                credentialId?: string;
                resourceId?: string;
                requestId?: string;
                address?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditLine"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "audit.listInDomain": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                text?: string;
                action?: string;
                noun?: string;
                outcome?: "done" | "refused";
                actorId?: string;
                credentialId?: string;
                resourceId?: string;
                requestId?: string;
                address?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                domainId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditLine"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "audit.listOwn": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                text?: string;
                action?: string;
                noun?: string;
                credentialId?: string;
                resourceId?: string;
                requestId?: string;
                address?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditLine"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "audit.listEverywhere": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                projectId?: string;
                domainId?: string;
                text?: string;
                action?: string;
                noun?: string;
                outcome?: "done" | "refused";
                actorId?: string;
                credentialId?: string;
                resourceId?: string;
                requestId?: string;
                address?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditLine"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "limits.list": {
        parameters: {
            query?: {
                projectId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {string} */
                            name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                            label: string;
                            unit: string;
                            limit: number;
                            used: number;
                            default: number;
                            /** @enum {string} */
                            source: "project" | "domain" | "installation" | "initial";
                            /** @enum {string} */
                            of: "project" | "user";
                            isOffered: boolean;
                        }[];
                        volumeTypes: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            items: {
                                /** @enum {string} */
                                name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                                label: string;
                                unit: string;
                                limit: number;
                                used: number;
                                default: number;
                                /** @enum {string} */
                                source: "project" | "domain" | "installation" | "initial";
                                /** @enum {string} */
                                of: "project" | "user";
                                isOffered: boolean;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "limits.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {string} */
                            name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                            label: string;
                            unit: string;
                            limit: number;
                            used: number;
                            default: number;
                            /** @enum {string} */
                            source: "project" | "domain" | "installation" | "initial";
                            /** @enum {string} */
                            of: "project" | "user";
                            isOffered: boolean;
                        }[];
                        volumeTypes: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            items: {
                                /** @enum {string} */
                                name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                                label: string;
                                unit: string;
                                limit: number;
                                used: number;
                                default: number;
                                /** @enum {string} */
                                source: "project" | "domain" | "installation" | "initial";
                                /** @enum {string} */
                                of: "project" | "user";
                                isOffered: boolean;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "limits.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @default {} */
                    limits?: {
                        [key: string]: number | null;
                    };
                    /** @default {} */
                    volumeTypes?: {
                        [key: string]: {
                            [key: string]: number | null;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {string} */
                            name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                            label: string;
                            unit: string;
                            limit: number;
                            used: number;
                            default: number;
                            /** @enum {string} */
                            source: "project" | "domain" | "installation" | "initial";
                            /** @enum {string} */
                            of: "project" | "user";
                            isOffered: boolean;
                        }[];
                        volumeTypes: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            items: {
                                /** @enum {string} */
                                name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                                label: string;
                                unit: string;
                                limit: number;
                                used: number;
                                default: number;
                                /** @enum {string} */
                                source: "project" | "domain" | "installation" | "initial";
                                /** @enum {string} */
                                of: "project" | "user";
                                isOffered: boolean;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "limits.listOwn": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {string} */
                            name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                            label: string;
                            unit: string;
                            used: number;
                            limit: number;
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "quotaDefault.get": {
        parameters: {
            query?: {
                domainId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {string} */
                            name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                            label: string;
                            unit: string;
                            limit: number;
                            /** @enum {string} */
                            source: "project" | "domain" | "installation" | "initial";
                            isOffered: boolean;
                        }[];
                        volumeTypes: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            items: {
                                /** @enum {string} */
                                name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                                label: string;
                                unit: string;
                                limit: number;
                                /** @enum {string} */
                                source: "project" | "domain" | "installation" | "initial";
                                isOffered: boolean;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "quotaDefault.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    domainId?: string;
                    /** @default {} */
                    limits?: {
                        [key: string]: number | null;
                    };
                    /** @default {} */
                    volumeTypes?: {
                        [key: string]: {
                            [key: string]: number | null;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {string} */
                            name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                            label: string;
                            unit: string;
                            limit: number;
                            /** @enum {string} */
                            source: "project" | "domain" | "installation" | "initial";
                            isOffered: boolean;
                        }[];
                        volumeTypes: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            items: {
                                /** @enum {string} */
                                name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                                label: string;
                                unit: string;
                                limit: number;
                                /** @enum {string} */
                                source: "project" | "domain" | "installation" | "initial";
                                isOffered: boolean;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "usage.ofProject": {
        parameters: {
            query?: {
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        to: string;
                        currency: string | null;
                        total: string;
                        forecast: {
                            /** Format: date-time */
                            until: string;
                            total: string;
                        } | null;
                        days: {
                            /** Format: date */
                            day: string;
                            cost: string;
                        }[];
                        lines: {
                            /** Format: uuid */
                            projectId: string;
                            projectName: string;
                            /** Format: uuid */
                            resourceId: string;
                            resourceName: string;
                            /** @enum {string} */
                            kind: "server" | "server-stopped" | "image" | "volume" | "floating-ip" | "object";
                            item: string;
                            quantity: number;
                            milliseconds: number;
                            price: string | null;
                            cost: string;
                            isOpen: boolean;
                        }[];
                        lineCount: number;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "usage.ofDomain": {
        parameters: {
            query?: {
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                domainId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        to: string;
                        currency: string | null;
                        total: string;
                        forecast: {
                            /** Format: date-time */
                            until: string;
                            total: string;
                        } | null;
                        days: {
                            /** Format: date */
                            day: string;
                            cost: string;
                        }[];
                        projects: {
                            /** Format: uuid */
                            projectId: string;
                            projectName: string;
                            /** Format: uuid */
                            domainId: string;
                            cost: string;
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "usage.ofCloud": {
        parameters: {
            query?: {
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        to: string;
                        currency: string | null;
                        total: string;
                        forecast: {
                            /** Format: date-time */
                            until: string;
                            total: string;
                        } | null;
                        days: {
                            /** Format: date */
                            day: string;
                            cost: string;
                        }[];
                        projects: {
                            /** Format: uuid */
                            projectId: string;
                            projectName: string;
                            /** Format: uuid */
                            domainId: string;
                            cost: string;
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "budget.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    projectId?: string;
                    /** Format: uuid */
                    domainId?: string;
                    amount: string;
                    alertPercents?: number[];
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        projectId: string | null;
                        domainId: string | null;
                        name: string;
                        amount: string;
                        currency: string | null;
                        alertPercents: number[];
                        spent: string;
                        spentPercent: number;
                        alerts: {
                            percent: number;
                            /** Format: date-time */
                            at: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        projectId: string | null;
                        domainId: string | null;
                        name: string;
                        amount: string;
                        currency: string | null;
                        alertPercents: number[];
                        spent: string;
                        spentPercent: number;
                        alerts: {
                            percent: number;
                            /** Format: date-time */
                            at: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "budget.ofProject": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            projectId: string | null;
                            domainId: string | null;
                            name: string;
                            amount: string;
                            currency: string | null;
                            alertPercents: number[];
                            spent: string;
                            spentPercent: number;
                            alerts: {
                                percent: number;
                                /** Format: date-time */
                                at: string;
                            }[];
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "budget.ofDomain": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                domainId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            projectId: string | null;
                            domainId: string | null;
                            name: string;
                            amount: string;
                            currency: string | null;
                            alertPercents: number[];
                            spent: string;
                            spentPercent: number;
                            alerts: {
                                percent: number;
                                /** Format: date-time */
                                at: string;
                            }[];
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "budget.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        projectId: string | null;
                        domainId: string | null;
                        name: string;
                        amount: string;
                        currency: string | null;
                        alertPercents: number[];
                        spent: string;
                        spentPercent: number;
                        alerts: {
                            percent: number;
                            /** Format: date-time */
                            at: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "budget.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "budget.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    amount?: string;
                    alertPercents?: number[];
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        projectId: string | null;
                        domainId: string | null;
                        name: string;
                        amount: string;
                        currency: string | null;
                        alertPercents: number[];
                        spent: string;
                        spentPercent: number;
                        alerts: {
                            percent: number;
                            /** Format: date-time */
                            at: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "priceList.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            currency: string;
                            /** Format: date-time */
                            startsAt: string;
                            hasStarted: boolean;
                            /** Format: date-time */
                            createdAt: string;
                            prices: {
                                /** @enum {string} */
                                kind: "server" | "server-stopped" | "image" | "volume" | "floating-ip" | "object";
                                item: string;
                                price: string;
                            }[];
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "priceList.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    currency: string;
                    /** Format: date-time */
                    startsAt?: string;
                    prices: {
                        /** @enum {string} */
                        kind: "server" | "server-stopped" | "image" | "volume" | "floating-ip" | "object";
                        /** @default  */
                        item?: string;
                        price: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        currency: string;
                        /** Format: date-time */
                        startsAt: string;
                        hasStarted: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        prices: {
                            /** @enum {string} */
                            kind: "server" | "server-stopped" | "image" | "volume" | "floating-ip" | "object";
                            item: string;
                            price: string;
                        }[];
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        currency: string;
                        /** Format: date-time */
                        startsAt: string;
                        hasStarted: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        prices: {
                            /** @enum {string} */
                            kind: "server" | "server-stopped" | "image" | "volume" | "floating-ip" | "object";
                            item: string;
                            price: string;
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "priceList.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        currency: string;
                        /** Format: date-time */
                        startsAt: string;
                        hasStarted: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        prices: {
                            /** @enum {string} */
                            kind: "server" | "server-stopped" | "image" | "volume" | "floating-ip" | "object";
                            item: string;
                            price: string;
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "priceList.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "priceList.current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        currency: string | null;
                        prices: {
                            /** @enum {string} */
                            kind: "server" | "server-stopped" | "image" | "volume" | "floating-ip" | "object";
                            item: string;
                            price: string;
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "quotaRequest.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                isOpen?: boolean | ("true" | "false");
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            projectId: string;
                            projectName: string;
                            domainName: string;
                            requesterName: string;
                            reason: string;
                            /** @enum {string} */
                            state: "open" | "approved" | "partly" | "denied" | "withdrawn";
                            items: {
                                /** @enum {string} */
                                name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                                label: string;
                                unit: string;
                                had: number;
                                asked: number;
                                granted: number | null;
                            }[];
                            answer: string;
                            decidedByName: string | null;
                            decidedAt: string | null;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "quotaRequest.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    limits: {
                        [key: string]: number;
                    };
                    reason: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        projectName: string;
                        domainName: string;
                        requesterName: string;
                        reason: string;
                        /** @enum {string} */
                        state: "open" | "approved" | "partly" | "denied" | "withdrawn";
                        items: {
                            /** @enum {string} */
                            name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                            label: string;
                            unit: string;
                            had: number;
                            asked: number;
                            granted: number | null;
                        }[];
                        answer: string;
                        decidedByName: string | null;
                        decidedAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        projectName: string;
                        domainName: string;
                        requesterName: string;
                        reason: string;
                        /** @enum {string} */
                        state: "open" | "approved" | "partly" | "denied" | "withdrawn";
                        items: {
                            /** @enum {string} */
                            name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                            label: string;
                            unit: string;
                            had: number;
                            asked: number;
                            granted: number | null;
                        }[];
                        answer: string;
                        decidedByName: string | null;
                        decidedAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "quotaRequest.queue": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                isOpen?: boolean | ("true" | "false");
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            projectId: string;
                            projectName: string;
                            domainName: string;
                            requesterName: string;
                            reason: string;
                            /** @enum {string} */
                            state: "open" | "approved" | "partly" | "denied" | "withdrawn";
                            items: {
                                /** @enum {string} */
                                name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                                label: string;
                                unit: string;
                                had: number;
                                asked: number;
                                granted: number | null;
                            }[];
                            answer: string;
                            decidedByName: string | null;
                            decidedAt: string | null;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "quotaRequest.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        projectName: string;
                        domainName: string;
                        requesterName: string;
                        reason: string;
                        /** @enum {string} */
                        state: "open" | "approved" | "partly" | "denied" | "withdrawn";
                        items: {
                            /** @enum {string} */
                            name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                            label: string;
                            unit: string;
                            had: number;
                            asked: number;
                            granted: number | null;
                        }[];
                        answer: string;
                        decidedByName: string | null;
                        decidedAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "quotaRequest.withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        projectName: string;
                        domainName: string;
                        requesterName: string;
                        reason: string;
                        /** @enum {string} */
                        state: "open" | "approved" | "partly" | "denied" | "withdrawn";
                        items: {
                            /** @enum {string} */
                            name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                            label: string;
                            unit: string;
                            had: number;
                            asked: number;
                            granted: number | null;
                        }[];
                        answer: string;
                        decidedByName: string | null;
                        decidedAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "quotaRequest.approve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    limits?: {
                        [key: string]: number;
                    };
                    /** @default  */
                    answer?: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        projectName: string;
                        domainName: string;
                        requesterName: string;
                        reason: string;
                        /** @enum {string} */
                        state: "open" | "approved" | "partly" | "denied" | "withdrawn";
                        items: {
                            /** @enum {string} */
                            name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                            label: string;
                            unit: string;
                            had: number;
                            asked: number;
                            granted: number | null;
                        }[];
                        answer: string;
                        decidedByName: string | null;
                        decidedAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "quotaRequest.deny": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    answer: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        projectId: string;
                        projectName: string;
                        domainName: string;
                        requesterName: string;
                        reason: string;
                        /** @enum {string} */
                        state: "open" | "approved" | "partly" | "denied" | "withdrawn";
                        items: {
                            /** @enum {string} */
                            name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                            label: string;
                            unit: string;
                            had: number;
                            asked: number;
                            granted: number | null;
                        }[];
                        answer: string;
                        decidedByName: string | null;
                        decidedAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "search.list": {
        parameters: {
            query: {
                text: string;
                projectId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {string} */
                            noun: "server" | "network" | "port" | "router" | "floating-ip" | "security-group" | "image" | "key-pair" | "project" | "domain" | "user" | "group" | "role" | "host";
                            /** Format: uuid */
                            id: string;
                            name: string;
                            detail: string;
                            projectId: string | null;
                            projectName: string | null;
                            domainId: string | null;
                            domainName: string | null;
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "pathCheck.explain": {
        parameters: {
            query: {
                from: string;
                to: string;
                protocol?: "tcp" | "udp" | "icmp";
                port?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: {
                            label: string;
                            address: string | null;
                        };
                        to: {
                            label: string;
                            address: string | null;
                        };
                        isOpen: boolean;
                        steps: {
                            title: string;
                            /** @enum {string} */
                            verdict: "passes" | "stops" | "unknown";
                            detail: string;
                            concerned: {
                                /** @enum {string} */
                                noun: "server" | "port" | "network" | "security-group" | "router" | "floating-ip";
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            next: string | null;
                            mend: ({
                                /** @constant */
                                kind: "rule";
                                /** Format: uuid */
                                securityGroupId: string;
                                name: string;
                                rule: {
                                    /** @enum {string} */
                                    direction: "ingress" | "egress";
                                    protocol: ("tcp" | "udp" | "icmp" | "any") | number;
                                    portMin?: number;
                                    portMax?: number;
                                    remotePrefix?: string;
                                };
                            } | {
                                /** @constant */
                                kind: "visit";
                            } | {
                                /** @constant */
                                kind: "wait";
                            }) | null;
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "cloud.show": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hosts: {
                            total: number;
                            silent: number;
                            disabled: number;
                        };
                        zones: {
                            name: string;
                            hosts: number;
                            openHosts: number;
                            capacity: {
                                vcpus: number;
                                memoryMib: number;
                                diskGib: number;
                            };
                            allocated: {
                                vcpus: number;
                                memoryMib: number;
                                diskGib: number;
                            };
                        }[];
                        room: {
                            /** Format: uuid */
                            flavorId: string;
                            name: string;
                            count: number;
                        }[];
                        servers: {
                            /** @enum {string} */
                            state: "building" | "running" | "stopped" | "starting" | "stopping" | "rebooting" | "migrating" | "deleting" | "error";
                            count: number;
                        }[];
                        operations: {
                            open: number;
                            late: number;
                            failed: number;
                            failedLastDay: number;
                        };
                        orphans: number;
                        totals: {
                            domains: number;
                            projects: number;
                            users: number;
                            images: number;
                            networks: number;
                            ports: number;
                        };
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "placement.explain": {
        parameters: {
            query: {
                flavorId: string;
                imageId?: string;
                projectId?: string;
                availabilityZone?: string;
                hostId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        needs: {
                            vcpus: number;
                            memoryMib: number;
                            diskGib: number;
                            architecture: string;
                        };
                        refusal: string | null;
                        reasons: {
                            reason: string;
                            hosts: string[];
                        }[];
                        hosts: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            availabilityZone: string;
                            reasons: string[];
                            room: {
                                vcpus: number;
                                memoryMib: number;
                                diskGib: number;
                            };
                            hasImage: boolean;
                            rank: number | null;
                        }[];
                        project: {
                            denials: string[];
                            quotas: {
                                /** @enum {string} */
                                name: "servers" | "vcpus" | "memoryMib" | "serverGroups" | "serverGroupMembers" | "keyPairs" | "images" | "imageBytes" | "volumes" | "volumeGib" | "volumeSnapshots" | "volumeBackups" | "volumeBackupGib" | "networks" | "subnets" | "ports" | "routers" | "floatingIps" | "securityGroups" | "securityGroupRules" | "qosPolicies" | "subnetPools" | "addressScopes" | "rbacPolicies" | "webhooks" | "objectContainers" | "objectBytes" | "stacks" | "apiTokens" | "openInvites";
                                label: string;
                                unit: string;
                                needed: number;
                                used: number;
                                limit: number;
                                isEnough: boolean;
                            }[];
                        };
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "orphan.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            key: string;
                            /** @enum {string} */
                            kind: "allocation" | "host-network" | "image-copy" | "port" | "upload" | "host";
                            name: string;
                            hostName: string | null;
                            projectName: string | null;
                            since: string | null;
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "orphan.clean": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: "allocation" | "host-network" | "image-copy" | "port" | "upload" | "host";
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "mail.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                state?: "queued" | "held" | "sent" | "failed" | "shown";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            recipient: string;
                            subject: string;
                            template: string;
                            /** @enum {string} */
                            state: "queued" | "held" | "sent" | "failed" | "shown";
                            attempts: number;
                            lastError: string | null;
                            dueAt: string | null;
                            sentAt: string | null;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "mail.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        recipient: string;
                        subject: string;
                        template: string;
                        /** @enum {string} */
                        state: "queued" | "held" | "sent" | "failed" | "shown";
                        attempts: number;
                        lastError: string | null;
                        dueAt: string | null;
                        sentAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "mail.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "mail.reveal": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        recipient: string;
                        subject: string;
                        template: string;
                        /** @enum {string} */
                        state: "queued" | "held" | "sent" | "failed" | "shown";
                        attempts: number;
                        lastError: string | null;
                        dueAt: string | null;
                        sentAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        text: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "mail.send": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        recipient: string;
                        subject: string;
                        template: string;
                        /** @enum {string} */
                        state: "queued" | "held" | "sent" | "failed" | "shown";
                        attempts: number;
                        lastError: string | null;
                        dueAt: string | null;
                        sentAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "host.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                nameContains?: string;
                availabilityZone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Host"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "host.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Host"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "host.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "host.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    isEnabled?: boolean;
                    disabledReason?: string;
                    availabilityZone?: string;
                    vcpuRatio?: number;
                    isForcedDown?: boolean;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Host"];
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "host.servers": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** Format: uuid */
                            projectId: string;
                            projectName: string;
                            /** @enum {string} */
                            state: "building" | "running" | "stopped" | "starting" | "stopping" | "rebooting" | "migrating" | "deleting" | "error";
                            failure: components["schemas"]["Failure"] | null;
                            underWay: {
                                /** Format: uuid */
                                operationId: string;
                                title: string;
                                step: string | null;
                                progress: string | null;
                            } | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "host.drain": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Begun; follow the operation that Location names. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        operations: {
                            /** Format: uuid */
                            serverId: string;
                            serverName: string;
                            /** Format: uuid */
                            operationId: string;
                        }[];
                        staying: {
                            /** Format: uuid */
                            serverId: string;
                            serverName: string;
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "host.evacuate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begun; follow the operation that Location names. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        operations: {
                            /** Format: uuid */
                            serverId: string;
                            serverName: string;
                            /** Format: uuid */
                            operationId: string;
                        }[];
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "aggregate.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            number: number;
                            name: string;
                            availabilityZone: string | null;
                            metadata: {
                                [key: string]: string;
                            };
                            hosts: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "aggregate.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    availabilityZone?: string;
                    /** @default {} */
                    metadata?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        number: number;
                        name: string;
                        availabilityZone: string | null;
                        metadata: {
                            [key: string]: string;
                        };
                        hosts: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        number: number;
                        name: string;
                        availabilityZone: string | null;
                        metadata: {
                            [key: string]: string;
                        };
                        hosts: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "aggregate.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        number: number;
                        name: string;
                        availabilityZone: string | null;
                        metadata: {
                            [key: string]: string;
                        };
                        hosts: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "aggregate.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "aggregate.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    availabilityZone?: string | null;
                    metadata?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        number: number;
                        name: string;
                        availabilityZone: string | null;
                        metadata: {
                            [key: string]: string;
                        };
                        hosts: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "aggregate.addHost": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    hostId: string;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        number: number;
                        name: string;
                        availabilityZone: string | null;
                        metadata: {
                            [key: string]: string;
                        };
                        hosts: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        number: number;
                        name: string;
                        availabilityZone: string | null;
                        metadata: {
                            [key: string]: string;
                        };
                        hosts: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "aggregate.removeHost": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                hostId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "joinToken.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            host: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                            usedAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "joinToken.create": {
        parameters: {
            query?: {
                dry_run?: 1;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @default 24 */
                    expiresInHours?: number;
                };
            };
        };
        responses: {
            /** @description With `dry_run=1`: what would be made. Its ids and secrets are not kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        token: string;
                        /** Format: date-time */
                        expiresAt: string;
                    } & {
                        /** @constant */
                        dryRun: true;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        token: string;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "joinToken.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "image.download": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "image.upload": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Received; they are being checked. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "event.stream": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events, until you close it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "event.streamAll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events, until you close it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "audit.export": {
        parameters: {
            query?: {
                format?: "csv" | "jsonl";
                text?: string;
                action?: string;
                noun?: string;
                outcome?: "done" | "refused";
                actorId?: string;
                credentialId?: string;
                resourceId?: string;
                requestId?: string;
                address?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/jsonl": string;
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "audit.exportInDomain": {
        parameters: {
            query?: {
                format?: "csv" | "jsonl";
                text?: string;
                action?: string;
                noun?: string;
                outcome?: "done" | "refused";
                actorId?: string;
                credentialId?: string;
                resourceId?: string;
                requestId?: string;
                address?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                domainId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/jsonl": string;
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "audit.exportEverywhere": {
        parameters: {
            query?: {
                format?: "csv" | "jsonl";
                text?: string;
                action?: string;
                noun?: string;
                outcome?: "done" | "refused";
                actorId?: string;
                credentialId?: string;
                resourceId?: string;
                requestId?: string;
                address?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/jsonl": string;
                };
            };
            /** @description Too many requests; wait for the seconds in Retry-After. */
            429: {
                headers: {
                    "Retry-After"?: number;
                    "RateLimit-Limit"?: number;
                    "RateLimit-Remaining"?: number;
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem; `code` says which of the closed list. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
