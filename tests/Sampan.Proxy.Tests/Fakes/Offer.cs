using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;

namespace Sampan.Proxy.Tests.Fakes;

/// <summary>A Service and its EndpointSlices.</summary>
internal sealed record Offer(Service Service, IReadOnlyList<EndpointSlice> Slices);
