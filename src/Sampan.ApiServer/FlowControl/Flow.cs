using Sampan.Api;
using Sampan.Api.FlowControl.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.FlowControl;

/// <summary>A flow schema, ready to match requests with.</summary>
internal sealed class Flow(FlowSchema schema, PriorityLevel level, FlowMetrics metrics)
{
    private readonly FlowRule[] _rules = [.. schema.Spec.Rules.OrEmpty().Select(rule => new FlowRule(rule))];
    private readonly string? _distinguisher = schema.Spec.DistinguisherMethod?.Type;

    public string Name { get; } = schema.Metadata.Name;

    public string Uid { get; } = schema.Metadata.Uid ?? "";

    public PriorityLevel Level { get; } = level;

    public FlowSeries Metrics { get; } = metrics.Of(level.Name, schema.Metadata.Name);

    public bool Matches(UserInfo user, RequestInfo request)
    {
        foreach (var rule in _rules)
            if (rule.Matches(user, request))
                return true;
        return false;
    }

    /// <summary>Requests with the same hash share their turns; the schema says by what they are told apart.</summary>
    public ulong HashOf(UserInfo user, RequestInfo request) => HashOf(DistinguisherOf(user, request));

    public ulong HashOf(string distinguisher) =>
        ((ulong)(uint)Name.GetHashCode(StringComparison.Ordinal) << 32) | (uint)distinguisher.GetHashCode(StringComparison.Ordinal);

    public string DistinguisherOf(UserInfo user, RequestInfo request) => _distinguisher switch
    {
        "ByUser" => user.Name,
        "ByNamespace" => request.Namespace,
        _ => "",
    };
}
