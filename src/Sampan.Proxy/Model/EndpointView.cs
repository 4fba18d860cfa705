using System.Collections.Immutable;

namespace Sampan.Proxy.Model;

/// <summary>One endpoint of a Service port as the EndpointSlices tell it.</summary>
internal sealed record EndpointView(Target Target, bool Ready, bool Serving, bool Terminating, bool Local)
{
    public ImmutableArray<string> NodeHints { get; init; } = [];

    public ImmutableArray<string> ZoneHints { get; init; } = [];
}
