using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client;

namespace Sampan.Kubelet.Nodes;

/// <summary>
/// Makes the node's object, and sets right what the kubelet owns of one that is there. Where a cloud's controller knows better,
/// the node begins tainted and leaves its addresses to that controller.
/// </summary>
/// <remarks>Upstream: pkg/kubelet/kubelet_node_status.go.</remarks>
internal sealed class NodeRegistration(KubeletOptions options)
{
    public const string UninitializedTaint = "node.cloudprovider.kubernetes.io/uninitialized";
    public const string ProvidedAddress = "alpha.kubernetes.io/provided-node-ip";
    private const string AttachedByController = "volumes.kubernetes.io/controller-managed-attach-detach";

    /// <summary>Labels that tell what the node is. Others that were given to it when it was made are its users' from then on.</summary>
    private static readonly string[] Restored =
    [
        "kubernetes.io/hostname", "kubernetes.io/os", "kubernetes.io/arch", "beta.kubernetes.io/os", "beta.kubernetes.io/arch",
        "topology.kubernetes.io/zone", "topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region",
        "node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type",
    ];

    /// <summary>Of these, what is set right again whenever somebody writes over it.</summary>
    private readonly Dictionary<string, string?> _platform = new() { ["kubernetes.io/os"] = "linux", ["kubernetes.io/arch"] = HostFacts.Architecture() };

    private ResourceClient<Node> Nodes => options.Client.Of<Node>();

    public Task<Node?> FindAsync(CancellationToken cancellationToken) => Nodes.FindAsync(null, options.NodeName, cancellationToken);

    public async Task CreateAsync(NodeStatus status, CancellationToken cancellationToken)
    {
        if (options.ExternalCloud is { ProvidedNodeIP: null })
        {
            status.Addresses = null;
        }

        var taints = Taints();
        var node = new Node
        {
            Metadata = new() { Name = options.NodeName, Labels = Labels(), Annotations = Annotations() },
            Spec = new() { ProviderID = options.Configuration.ProviderId is { Length: > 0 } id ? id : null, Taints = taints.Count > 0 ? taints : null },
            Status = status,
        };
        await Nodes.CreateAsync(node, cancellationToken);
    }

    /// <summary>Of a known node only the labels and annotations that the kubelet owns are set right; users' own stay.</summary>
    public Task RestoreAsync(Node known, CancellationToken cancellationToken)
    {
        var metadata = new JsonObject();
        Set(metadata, "labels", Labels().Where(label => Restored.Contains(label.Key)).ToDictionary()!, known.Metadata.Labels.OrEmpty());
        Set(metadata, "annotations", OwnedAnnotations(), known.Metadata.Annotations.OrEmpty());
        return PatchAsync(metadata, cancellationToken);
    }

    /// <summary>Whether the labels say of another machine what it is; pods are scheduled by them.</summary>
    public bool IsMislabeled(Node known) => _platform.Any(label => known.Metadata.Labels.OrEmpty().GetValueOrDefault(label.Key) != label.Value);

    public Task RestorePlatformAsync(Node known, CancellationToken cancellationToken)
    {
        var metadata = new JsonObject();
        Set(metadata, "labels", _platform, known.Metadata.Labels.OrEmpty());
        return PatchAsync(metadata, cancellationToken);
    }

    /// <summary>
    /// Completes a patch of the node's status. A cloud's controller writes the addresses itself. Else they are replaced as a whole: a patch
    /// tells them apart by their type alone, of which a node of both IP families has one twice.
    /// </summary>
    public void StateAddresses(JsonObject status)
    {
        if (options.ExternalCloud is not null)
        {
            status.Remove("addresses");
        }
        else if (status["addresses"] is JsonArray addresses)
        {
            addresses.Add((JsonNode)new JsonObject { ["$patch"] = "replace" });
        }
    }

    private async Task PatchAsync(JsonObject metadata, CancellationToken cancellationToken)
    {
        if (metadata.Count > 0)
        {
            await Nodes.PatchAsync(null, options.NodeName, Patch.Merge(new JsonObject { ["metadata"] = metadata }), cancellationToken);
        }
    }

    /// <param name="metadata">Gets the field with what differs.</param>
    /// <param name="field">Labels or annotations.</param>
    /// <param name="wanted">Null for what is to go.</param>
    /// <param name="known">What is there.</param>
    private static void Set(JsonObject metadata, string field, IReadOnlyDictionary<string, string?> wanted, IReadOnlyDictionary<string, string> known)
    {
        var wrong = wanted.Where(entry => known.GetValueOrDefault(entry.Key) != entry.Value).ToList();
        if (wrong.Count > 0)
        {
            metadata[field] = new JsonObject(wrong.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        }
    }

    /// <summary>Null for those that an earlier kubelet may have set, and this one does not.</summary>
    private Dictionary<string, string?> OwnedAnnotations()
    {
        var own = Annotations();
        return new[] { AttachedByController, ProvidedAddress }.ToDictionary(name => name, own.GetValueOrDefault);
    }

    private List<Taint> Taints() =>
    [
        .. options.Configuration.RegisterWithTaints,
        .. options.ExternalCloud is null ? (Taint[])[] : [new Taint { Key = UninitializedTaint, Value = "true", Effect = "NoSchedule" }],
    ];

    private Dictionary<string, string> Annotations()
    {
        var annotations = new Dictionary<string, string>();
        if (options.Configuration.EnableControllerAttachDetach)
        {
            annotations[AttachedByController] = "true";
        }

        if (options.ExternalCloud?.ProvidedNodeIP is { } address)
        {
            annotations[ProvidedAddress] = address;
        }

        return annotations;
    }

    /// <summary>What the operator says of the node wins over what the kubelet knows of it.</summary>
    private Dictionary<string, string> Labels()
    {
        var labels = new Dictionary<string, string>
        {
            ["kubernetes.io/hostname"] = options.NodeName,
            ["kubernetes.io/os"] = "linux",
            ["kubernetes.io/arch"] = HostFacts.Architecture(),
            ["beta.kubernetes.io/os"] = "linux",
            ["beta.kubernetes.io/arch"] = HostFacts.Architecture(),
        };
        foreach (var (label, value) in options.NodeLabels)
        {
            labels[label] = value;
        }

        return labels;
    }
}
