using Sampan.Api;
using Sampan.Api.Storage.V1;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>Cells of volumes and classes.</summary>
internal static class StorageText
{
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";

    private static readonly string[] DefaultClassAnnotations =
        ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];

    private static readonly string[] DefaultAttributesAnnotations = ["volumeattributesclass.alpha.kubernetes.io/is-default-class"];

    public static string Size(Dictionary<string, Quantity>? capacity) =>
        capacity.OrEmpty().TryGetValue("storage", out Quantity size) ? size.ToString() : "0";

    public static string? Phase(IObject value, string? phase) => value.Metadata.DeletionTimestamp is null ? phase : "Terminating";

    /// <summary>The class, which the old annotation still overrides.</summary>
    public static string? ClassOf(IObject value, string? className) =>
        value.Metadata.Annotations.OrEmpty().TryGetValue(ClassAnnotation, out string? annotated) ? annotated : className;

    public static string NameOf(StorageClass storageClass) => NameOf(storageClass, DefaultClassAnnotations);

    public static string NameOf(VolumeAttributesClass attributesClass) => NameOf(attributesClass, DefaultAttributesAnnotations);

    private static string NameOf(IObject value, string[] defaultAnnotations) =>
        defaultAnnotations.Any(key => value.Metadata.Annotations.OrEmpty().GetValueOrDefault(key) == "true")
            ? $"{value.Metadata.Name} (default)"
            : value.Metadata.Name;

    public static string TokenRequests(CSIDriver driver) =>
        driver.Spec.TokenRequests is { } requests ? string.Join(',', requests.Select(request => request.Audience)) : CellText.Unset;
}
