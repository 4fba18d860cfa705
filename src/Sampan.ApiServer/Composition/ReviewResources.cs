using Sampan.Api;
using Sampan.Api.Authentication.V1;
using Sampan.Api.Authorization.V1;
using Sampan.ApiServer.Authentication.Reviews;
using Sampan.ApiServer.Authorization.Reviews;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Composition;

/// <summary>
/// The kinds that are questions: POST answers them, nothing is stored. The authorizer reads the caches and so exists only once
/// they are filled, after the resources.
/// </summary>
internal static class ReviewResources
{
    public static IEnumerable<ResourceDescriptor> Build(AuthenticationParts authentication, Func<AuthorizationParts> authorization)
    {
        var tokens = new TokenReviews(authentication.Tokens, authentication.ServiceAccounts.ApiAudiences);
        return
        [
            Of<TokenReview>((context, review) => tokens.CreateAsync(review, context.Cancelled)),
            Of<SelfSubjectReview>((context, review) => new(SelfSubjectReviews.Create(review, context.User, context.Now))),
            Of<SubjectAccessReview>((context, review) => new AccessReviews(authorization().Authorizer).CreateAsync(review, context.Cancelled)),
            Of<LocalSubjectAccessReview>((context, review) => new AccessReviews(authorization().Authorizer).CreateAsync(context.Namespace, review, context.Cancelled)),
            Of<SelfSubjectAccessReview>((context, review) => new AccessReviews(authorization().Authorizer).CreateAsync(context.User, review, context.Cancelled)),
            Of<SelfSubjectRulesReview>((context, review) => new(new RulesReviews(authorization().Rbac).Create(context.User, review))),
        ];
    }

    private static ResourceDescriptor Of<T>(Func<WriteContext, T, ValueTask<T>> answer)
        where T : class, IObject<T> => new(T.Info, GenericStrategy.Instance)
        {
            Review = new ActionSubresource(T.Info, async (context, _, body) => new ActionResult(await answer(context, (T)body))),
        };
}
