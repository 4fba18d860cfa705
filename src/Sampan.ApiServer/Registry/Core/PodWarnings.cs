using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>What a pod's author should know although it is allowed.</summary>
internal static class PodWarnings
{
    private static readonly (string Key, string Use)[] OldNodeLabels =
    [
        ("beta.kubernetes.io/arch", "use \"kubernetes.io/arch\" instead"),
        ("beta.kubernetes.io/os", "use \"kubernetes.io/os\" instead"),
        ("failure-domain.beta.kubernetes.io/region", "use \"topology.kubernetes.io/region\" instead"),
        ("failure-domain.beta.kubernetes.io/zone", "use \"topology.kubernetes.io/zone\" instead"),
        ("beta.kubernetes.io/instance-type", "use \"node.kubernetes.io/instance-type\" instead"),
    ];

    public static IEnumerable<string> Of(PodSpec spec, FieldPath path)
    {
        foreach (var (key, use) in OldNodeLabels)
        {
            if (spec.NodeSelector.OrEmpty().ContainsKey(key))
            {
                yield return $"{path.Child("nodeSelector").Key(key)}: deprecated since v1.14; {use}";
            }
        }
        for (var i = 0; i < spec.Containers.Count; i++)
        {
            foreach (var warning in Duplicates(spec.Containers[i], path.Child("containers").Index(i)))
            {
                yield return warning;
            }
        }
        if (spec.TerminationGracePeriodSeconds < 0)
        {
            yield return $"{path.Child("terminationGracePeriodSeconds")}: must be >= 0; negative values are invalid and will be treated as 1";
        }
    }

    private static IEnumerable<string> Duplicates(Container container, FieldPath path)
    {
        var names = new HashSet<string>();
        foreach (var (index, variable) in container.Env.OrEmpty().Index())
        {
            if (!names.Add(variable.Name))
            {
                yield return $"{path.Child("env").Index(index)}: hides previous definition of \"{variable.Name}\", which may be dropped when using apply";
            }
        }
    }
}
