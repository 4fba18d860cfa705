using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Disruption;

/// <summary>How many pods a budget's workloads should have, how many of them must be healthy, and pods that belong to no workload.</summary>
internal readonly record struct PodCounts(int Expected, int Healthy, IReadOnlyList<Pod> Unmanaged);
