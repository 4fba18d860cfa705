using System.Collections.Immutable;
using System.Net;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Compile;

/// <summary>The verdict on connections to one frontend. The order of endpoints is their order in the kernel's map.</summary>
internal sealed record FrontendRule(Frontend Frontend, Traffic Traffic)
{
    /// <summary>The Service port that owns the rule, for people who read the tables: <c>default/web:http</c>.</summary>
    public required string Owner { get; init; }

    public ImmutableArray<Target> Endpoints { get; init; } = [];

    /// <summary>The endpoints for traffic from this node and its pods, where these differ (external policy Local).</summary>
    public ImmutableArray<Target> InsideEndpoints { get; init; } = [];

    /// <summary>For UDP: everyone to whom a flow may go on leading, whoever new clients are sent to.</summary>
    public ImmutableArray<Target> Serving { get; init; } = [];

    public Refusal Refusal { get; init; }

    public ImmutableArray<IPNetwork> SourceRanges { get; init; } = [];

    public int? AffinitySeconds { get; init; }
}
