using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Core;

namespace Sampan.ApiServer.Registry.Apps;

/// <summary>What authors of pod-making kinds should know although it is allowed.</summary>
internal static class WorkloadWarnings
{
    /// <summary>Names that pods get as part of theirs.</summary>
    public static IEnumerable<string> OfName(string name)
    {
        if (Names.IsDns1123Label(name) is { Count: > 0 } wrong)
        {
            yield return "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; "
                + $"a DNS label is recommended: [{string.Join(' ', wrong)}]";
        }
    }

    /// <summary>Warnings of the template, when it is new or has changed.</summary>
    public static IEnumerable<string> OfTemplate(PodTemplateSpec template, PodTemplateSpec? old, FieldPath path) =>
        old?.DeepEquals(template) == true ? [] : PodWarnings.Of(template.Spec, path.Child("spec"));
}
