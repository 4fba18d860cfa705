using Sampan.Api;

namespace Sampan.ApiServer.Admission;

/// <summary>Finds the object of a kind that an annotation marks as the default: the newest, then the first by name.</summary>
internal static class DefaultObjects
{
    public static T? Find<T>(IObjectSource objects, params string[] annotations)
        where T : class, IObject<T> =>
        objects.List<T>()
            .Where(one => annotations.Any(annotation => one.Metadata.Annotations.OrEmpty().GetValueOrDefault(annotation) == "true"))
            .OrderByDescending(one => one.Metadata.CreationTimestamp is { } created ? (DateTimeOffset)created : default)
            .ThenBy(one => one.Metadata.Name, StringComparer.Ordinal)
            .FirstOrDefault();
}
