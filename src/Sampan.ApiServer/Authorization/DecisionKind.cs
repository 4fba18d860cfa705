namespace Sampan.ApiServer.Authorization;

/// <summary>A refusal is final; an authorizer without opinion leaves the question to the next one.</summary>
internal enum DecisionKind
{
    NoOpinion,
    Allowed,
    Denied,
}
