using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>The storage class of a claim; the annotation of old is heard first.</summary>
internal static class ClaimClass
{
    public const string Annotation = "volume.beta.kubernetes.io/storage-class";

    public static string Of(PersistentVolumeClaim claim) =>
        claim.Metadata.Annotations.OrEmpty().GetValueOrDefault(Annotation) ?? claim.Spec.StorageClassName ?? "";
}
