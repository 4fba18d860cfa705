namespace Sampan.ApiServer.Authorization;

/// <summary>An authorizer's answer with its reason, which a refusal shows to the user.</summary>
internal readonly record struct Decision(DecisionKind Kind, string Reason = "")
{
    public bool IsAllowed => Kind == DecisionKind.Allowed;

    public static Decision Allow(string reason = "") => new(DecisionKind.Allowed, reason);

    public static Decision Deny(string reason = "") => new(DecisionKind.Denied, reason);

    public static Decision NoOpinion(string reason = "") => new(DecisionKind.NoOpinion, reason);
}
