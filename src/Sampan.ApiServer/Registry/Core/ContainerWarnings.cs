using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Warnings of one container's amounts and environment.</summary>
internal static class ContainerWarnings
{
    private static readonly string[] Counted = ["memory", "ephemeral-storage"];

    public static void Add(Container container, FieldPath path, List<string> warnings)
    {
        foreach (var name in Counted)
        {
            warnings.AddRange(FractionalWarnings.Of(container.Resources.Limits, name, path.Child("resources", "limits")));
            warnings.AddRange(FractionalWarnings.Of(container.Resources.Requests, name, path.Child("resources", "requests")));
        }
        warnings.AddRange(Hidden(container.Env.OrEmpty(), path.Child("env")));
    }

    /// <summary>A variable that is set again, unless its new value is made of the old one: X=$(X)1.</summary>
    private static IEnumerable<string> Hidden(IReadOnlyList<EnvVar> variables, FieldPath path)
    {
        var names = new HashSet<string>();
        foreach (var (index, variable) in variables.Index())
        {
            var reference = $"$({variable.Name})";
            var extends = variable.ValueFrom is null && variable.Value != reference
                && variable.Value?.Contains(reference, StringComparison.Ordinal) == true;
            if (!names.Add(variable.Name) && !extends)
            {
                yield return $"{path.Index(index)}: hides previous definition of {GoText.Quote(variable.Name)}, which may be dropped when using apply";
            }
        }
    }
}
