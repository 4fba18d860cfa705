using Sampan.Api;
using Sampan.Api.Discovery.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Discovery;

/// <summary>Endpoint slices. Topology labels, which only an older version has, are dropped from what is written.</summary>
internal sealed class EndpointSliceStrategy : Strategy<EndpointSlice>
{
    protected override void Default(EndpointSlice slice)
    {
        foreach (var port in slice.Ports.OrEmpty())
        {
            port.Name ??= "";
            port.Protocol ??= "TCP";
        }
    }

    protected override void PrepareForCreate(WriteContext context, EndpointSlice slice)
    {
        slice.Metadata.Generation = 1;
        DropTopology(slice);
    }

    protected override void PrepareForUpdate(WriteContext context, EndpointSlice slice, EndpointSlice old)
    {
        if (!FieldChecks.AreEqual(slice.Endpoints, old.Endpoints))
        {
            DropTopology(slice);
        }
        var (a, b) = (slice.DeepClone(), old.DeepClone());
        b.Metadata = a.Metadata;
        var sameLabels = FieldChecks.AreEqual(slice.Metadata.Labels, old.Metadata.Labels);
        slice.Metadata.Generation = a.DeepEquals(b) && sameLabels ? old.Metadata.Generation : old.Metadata.Generation + 1;
    }

    protected override void Validate(WriteContext context, EndpointSlice slice, FieldErrors errors) =>
        EndpointSliceValidation.Validate(slice, errors);

    protected override void ValidateUpdate(WriteContext context, EndpointSlice slice, EndpointSlice old, FieldErrors errors)
    {
        EndpointSliceValidation.Validate(slice, errors);
        FieldChecks.Same(FieldPath.Of("addressType"), slice.AddressType, old.AddressType, errors);
    }

    protected override IEnumerable<string> Warnings(WriteContext context, EndpointSlice slice, EndpointSlice? old) =>
        slice.AddressType == "FQDN"
            ? ["addressType: FQDN endpoints are deprecated"]
            : from endpoint in slice.Endpoints.OrEmpty().Index()
              from address in endpoint.Item.Addresses.Index()
              from warning in AddressWarnings.OfAddress(
                  FieldPath.Of("endpoints").Index(endpoint.Index).Child("addresses").Index(address.Index), address.Item)
              select warning;

    private static void DropTopology(EndpointSlice slice) => slice.Endpoints?.ForEach(endpoint => endpoint.DeprecatedTopology = null);
}
