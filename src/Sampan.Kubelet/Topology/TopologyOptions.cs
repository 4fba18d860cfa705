using System.Globalization;

namespace Sampan.Kubelet.Topology;

/// <summary>What topologyManagerPolicyOptions say.</summary>
/// <param name="IsClosestPreferred">Among equally many NUMA nodes, those that are near each other.</param>
/// <param name="MostNodes">On machines with more NUMA nodes hints would be too many.</param>
/// <remarks>Upstream: pkg/kubelet/cm/topologymanager/policy_options.go.</remarks>
internal sealed record TopologyOptions(bool IsClosestPreferred = false, int MostNodes = TopologyOptions.UsualNodes)
{
    public const string ClosestPreferred = "prefer-closest-numa-nodes";
    public const string MaxNodes = "max-allowable-numa-nodes";
    public const int UsualNodes = 8;

    public static TopologyOptions From(IReadOnlyDictionary<string, string> options) => new(
        PolicyOption.IsOn(options, ClosestPreferred),
        options.TryGetValue(MaxNodes, out var most) ? int.Parse(most, CultureInfo.InvariantCulture) : UsualNodes);

    public static IEnumerable<string> Problems(IReadOnlyDictionary<string, string> options) => options.Select(Problem).OfType<string>();

    private static string? Problem(KeyValuePair<string, string> option) => option.Key switch
    {
        ClosestPreferred => PolicyOption.Problem(option.Key, option.Value),
        MaxNodes when !int.TryParse(option.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) =>
            $"unable to convert policy option to integer \"{MaxNodes}\": strconv.Atoi: parsing \"{option.Value}\": invalid syntax",
        MaxNodes => int.Parse(option.Value, CultureInfo.InvariantCulture) < UsualNodes ? $"the minimum value of \"{MaxNodes}\" should not be less than {UsualNodes}" : null,
        _ => $"unknown Topology Manager Policy option: \"{option.Key}\"",
    };
}
