using Sampan.Api;
using Sampan.Api.Resource.V1;

namespace Sampan.ApiServer.Registry.Resource;

/// <summary>Slices of a driver's devices.</summary>
internal sealed class ResourceSliceStrategy() : SpecStatusStrategy<ResourceSlice>(Parts)
{
    private static readonly SpecStatus<ResourceSlice> Parts = new(
        (_, _) => { }, (_, _) => { }, _ => { }, (a, b) => a.Spec.DeepEquals(b.Spec));

    public override bool ReturnDeletedObject => true;

    public override IReadOnlyList<string> SelectableFieldNames { get; } = ["spec.nodeName", "spec.driver"];

    protected override IReadOnlyList<string> SelectableFieldValues(ResourceSlice slice) => [slice.Spec.NodeName ?? "", slice.Spec.Driver];

    protected override void Validate(WriteContext context, ResourceSlice slice, FieldErrors errors) =>
        new ResourceSliceValidation(slice.Spec, errors).Validate(null, FieldPath.Of("spec"));

    protected override void ValidateUpdate(WriteContext context, ResourceSlice slice, ResourceSlice old, FieldErrors errors) =>
        new ResourceSliceValidation(slice.Spec, errors).Validate(old.Spec, FieldPath.Of("spec"));
}
