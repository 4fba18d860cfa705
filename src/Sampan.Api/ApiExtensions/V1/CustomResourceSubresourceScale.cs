namespace Sampan.Api.ApiExtensions.V1;

/// <summary>Where the scale endpoint finds its numbers in a custom object.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale")]
public sealed partial class CustomResourceSubresourceScale : IApiType<CustomResourceSubresourceScale>
{
    /// <summary>Path below .spec of the wanted number of replicas, such as .spec.replicas; no array indexes.</summary>
    [Field("specReplicasPath", 1, Required = true)]
    public string SpecReplicasPath { get; set; } = "";

    /// <summary>Path below .status of the observed number; 0 is reported while there is nothing at it.</summary>
    [Field("statusReplicasPath", 2, Required = true)]
    public string StatusReplicasPath { get; set; } = "";

    /// <summary>Path of a string with the pods' label selector, below .spec or .status; horizontal pod autoscaling needs it.</summary>
    [Field("labelSelectorPath", 3, Pointer = true)]
    public string? LabelSelectorPath { get; set; }
}
