using Sampan.Api.Authentication.V1;

namespace Sampan.ApiServer.Authentication.Reviews;

/// <summary>Tells users who they are to the server: POST …/selfsubjectreviews.</summary>
internal static class SelfSubjectReviews
{
    public static SelfSubjectReview Create(SelfSubjectReview review, Authentication.UserInfo user, DateTimeOffset now)
    {
        var answer = review.DeepClone();
        answer.Metadata.CreationTimestamp = now;
        answer.Status = new SelfSubjectReviewStatus { UserInfo = Users.ToApi(user) };
        return answer;
    }
}
