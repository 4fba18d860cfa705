using Sampan.ControllerManager.Certificates;
using Sampan.ControllerManager.HorizontalPodAutoscaling;
using Sampan.ControllerManager.NodeLifecycle;
using Sampan.ControllerManager.PersistentVolumes;

namespace Sampan.ControllerManager;

/// <summary>What a controller manager is started with; the defaults are those of a Sampan cluster.</summary>
public sealed record ControllerManagerOptions : ControllerProcessOptions
{
    /// <summary>
    /// The client of a controller's own service account in kube-system, so that each has only the rights that its role grants;
    /// null: all act as the manager's user.
    /// </summary>
    public Func<string, ApiClient>? ClientFor { get; init; }

    /// <summary>How many keys a controller works on at once, by its name; the others decide themselves.</summary>
    public IReadOnlyDictionary<string, int> Workers { get; init; } = new Dictionary<string, int>();

    /// <summary>PEM of the CA that signed the API server's certificate, as it is when it is asked for; without it nothing is published.</summary>
    public Func<string>? RootCa { get; init; }

    /// <summary>PEM of the key that signs service account tokens, as it is when it is asked for; without it token Secrets stay empty.</summary>
    public Func<string>? ServiceAccountKey { get; init; }

    /// <summary>The authority, as it is when it is asked for, of each signer of <see cref="SignerNames"/> that this manager signs for.</summary>
    public IReadOnlyDictionary<string, Func<SigningKey>> SigningKeys { get; init; } = new Dictionary<string, Func<SigningKey>>();

    /// <summary>The longest that a signed certificate lives.</summary>
    public TimeSpan SigningDuration { get; init; } = TimeSpan.FromDays(365);

    /// <summary>The addresses that pods get, a range of each family with a comma between; null leaves node ranges to someone else.</summary>
    public string? ClusterCidr { get; init; } = "10.244.0.0/16";

    /// <summary>The prefix length of one node's share of IPv4 addresses.</summary>
    public int NodeCidrPrefix { get; init; } = 24;

    public int NodeCidrPrefixV6 { get; init; } = 64;

    /// <summary>The addresses of Services, a range of each family with a comma between; no node gets them for its pods.</summary>
    public string? ServiceRange { get; init; }

    /// <summary>The most endpoints of an EndpointSlice.</summary>
    public int MaxEndpointsPerSlice { get; init; } = 100;

    /// <summary>Whether a node that does not answer loses its volumes after a while, mounted or not.</summary>
    public bool ForcesDetach { get; init; } = true;

    /// <summary>After how long without use a token Secret that nobody asked for is made invalid, and after how long more it goes.</summary>
    public TimeSpan LegacyTokenPeriod { get; init; } = TimeSpan.FromDays(365);

    public AutoscalerOptions Autoscaler { get; init; } = new();

    public RecyclerOptions Recycler { get; init; } = new();

    public NodeLifecycleOptions NodeLifecycle { get; init; } = new();

    /// <summary>Finished pods beyond this number are removed.</summary>
    public int TerminatedPodLimit { get; init; } = 12_500;
}
