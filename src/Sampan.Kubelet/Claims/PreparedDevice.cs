using System.Collections.Immutable;

namespace Sampan.Kubelet.Claims;

/// <summary>A device that a driver made ready for some requests of a claim, and its names in the Container Device Interface.</summary>
/// <param name="Requests">Empty for all of the claim's.</param>
internal sealed record PreparedDevice(string Driver, string Pool, string Device, string ShareId, ImmutableList<string> Requests, ImmutableList<string> CdiIds)
{
    /// <summary>A request of subrequests is meant by its own name: <c>gpu</c> stands for <c>gpu/large</c>.</summary>
    public bool IsFor(string? request) =>
        string.IsNullOrEmpty(request) || Requests.IsEmpty || Requests.Any(r => r == request || r.StartsWith(request + "/", StringComparison.Ordinal));
}
