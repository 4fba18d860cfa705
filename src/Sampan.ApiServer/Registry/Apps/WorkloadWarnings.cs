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

    /// <summary>Warnings of the template of an object that is new, or whose generation says that it was changed.</summary>
    public static IEnumerable<string> OfTemplate(IObject obj, IObject? old, PodTemplateSpec? template, FieldPath path) =>
        template is null || obj.Metadata.Generation == old?.Metadata.Generation ? [] : PodWarnings.Of(template, path);
}
