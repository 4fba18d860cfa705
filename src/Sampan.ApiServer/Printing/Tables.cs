using System.Collections.Frozen;
using Sampan.Api;
using Sampan.ApiServer.Printing.Kinds;

namespace Sampan.ApiServer.Printing;

/// <summary>Which columns each kind is listed in.</summary>
internal static class Tables
{
    private static readonly FrozenDictionary<Type, TableColumns> ByType = new Dictionary<Type, TableColumns>
    {
        [typeof(Api.Core.V1.Pod)] = PodTables.Pods,
        [typeof(Api.Core.V1.PodTemplate)] = PodTables.PodTemplates,
        [typeof(Api.Core.V1.ReplicationController)] = WorkloadTables.ReplicationControllers,
        [typeof(Api.Core.V1.Node)] = ClusterTables.Nodes,
        [typeof(Api.Core.V1.Namespace)] = ClusterTables.Namespaces,
        [typeof(Api.Core.V1.ComponentStatus)] = ClusterTables.ComponentStatuses,
        [typeof(Api.Core.V1.ResourceQuota)] = ClusterTables.ResourceQuotas,
        [typeof(Api.Core.V1.Event)] = EventTables.CoreEvents,
        [typeof(Api.Events.V1.Event)] = EventTables.Events,
        [typeof(Api.Core.V1.ConfigMap)] = ConfigurationTables.ConfigMaps,
        [typeof(Api.Core.V1.Secret)] = ConfigurationTables.Secrets,
        [typeof(Api.Core.V1.ServiceAccount)] = ConfigurationTables.ServiceAccounts,
        [typeof(Api.Core.V1.Service)] = NetworkTables.Services,
        [typeof(Api.Core.V1.Endpoints)] = NetworkTables.Endpoints,
        [typeof(Api.Core.V1.PersistentVolume)] = StorageTables.PersistentVolumes,
        [typeof(Api.Core.V1.PersistentVolumeClaim)] = StorageTables.PersistentVolumeClaims,
        [typeof(Api.Apps.V1.Deployment)] = WorkloadTables.Deployments,
        [typeof(Api.Apps.V1.ReplicaSet)] = WorkloadTables.ReplicaSets,
        [typeof(Api.Apps.V1.StatefulSet)] = WorkloadTables.StatefulSets,
        [typeof(Api.Apps.V1.DaemonSet)] = WorkloadTables.DaemonSets,
        [typeof(Api.Apps.V1.ControllerRevision)] = WorkloadTables.ControllerRevisions,
        [typeof(Api.Policy.V1.PodDisruptionBudget)] = WorkloadTables.PodDisruptionBudgets,
        [typeof(Api.Batch.V1.Job)] = BatchTables.Jobs,
        [typeof(Api.Batch.V1.CronJob)] = BatchTables.CronJobs,
        [typeof(Api.Autoscaling.V2.HorizontalPodAutoscaler)] = AutoscalingTables.Autoscalers,
        [typeof(Api.Autoscaling.V1.HorizontalPodAutoscaler)] = AutoscalingTables.AutoscalersV1,
        [typeof(Api.Autoscaling.V1.Scale)] = AutoscalingTables.Scales,
        [typeof(Api.Metrics.V1Beta1.NodeMetrics)] = UsageTables.Nodes,
        [typeof(Api.Metrics.V1Beta1.PodMetrics)] = UsageTables.Pods,
        [typeof(Api.Discovery.V1.EndpointSlice)] = NetworkTables.EndpointSlices,
        [typeof(Api.Networking.V1.Ingress)] = NetworkTables.Ingresses,
        [typeof(Api.Networking.V1.IngressClass)] = NetworkTables.IngressClasses,
        [typeof(Api.Networking.V1.NetworkPolicy)] = NetworkTables.NetworkPolicies,
        [typeof(Api.Networking.V1.ServiceCIDR)] = NetworkTables.ServiceCIDRs,
        [typeof(Api.Networking.V1.IPAddress)] = NetworkTables.IPAddresses,
        [typeof(Api.Storage.V1.StorageClass)] = StorageTables.StorageClasses,
        [typeof(Api.Storage.V1.VolumeAttributesClass)] = StorageTables.VolumeAttributesClasses,
        [typeof(Api.Storage.V1.VolumeAttachment)] = StorageTables.VolumeAttachments,
        [typeof(Api.Storage.V1.CSINode)] = StorageTables.CSINodes,
        [typeof(Api.Storage.V1.CSIDriver)] = StorageTables.CSIDrivers,
        [typeof(Api.Storage.V1.CSIStorageCapacity)] = StorageTables.CSIStorageCapacities,
        [typeof(Api.Rbac.V1.RoleBinding)] = AccessTables.RoleBindings,
        [typeof(Api.Rbac.V1.ClusterRoleBinding)] = AccessTables.ClusterRoleBindings,
        [typeof(Api.Certificates.V1.CertificateSigningRequest)] = AccessTables.CertificateSigningRequests,
        [typeof(Api.Coordination.V1.Lease)] = ConfigurationTables.Leases,
        [typeof(Api.Scheduling.V1.PriorityClass)] = ConfigurationTables.PriorityClasses,
        [typeof(Api.Node.V1.RuntimeClass)] = ConfigurationTables.RuntimeClasses,
        [typeof(Api.AdmissionRegistration.V1.MutatingWebhookConfiguration)] = ExtensionTables.MutatingWebhooks,
        [typeof(Api.AdmissionRegistration.V1.ValidatingWebhookConfiguration)] = ExtensionTables.ValidatingWebhooks,
        [typeof(Api.AdmissionRegistration.V1.ValidatingAdmissionPolicy)] = ExtensionTables.ValidatingPolicies,
        [typeof(Api.AdmissionRegistration.V1.ValidatingAdmissionPolicyBinding)] = ExtensionTables.ValidatingPolicyBindings,
        [typeof(Api.AdmissionRegistration.V1.MutatingAdmissionPolicy)] = ExtensionTables.MutatingPolicies,
        [typeof(Api.AdmissionRegistration.V1.MutatingAdmissionPolicyBinding)] = ExtensionTables.MutatingPolicyBindings,
        [typeof(Api.ApiRegistration.V1.APIService)] = ExtensionTables.APIServices,
        [typeof(Api.FlowControl.V1.FlowSchema)] = ExtensionTables.FlowSchemas,
        [typeof(Api.FlowControl.V1.PriorityLevelConfiguration)] = ExtensionTables.PriorityLevels,
        [typeof(Api.ApiServerInternal.V1Alpha1.StorageVersion)] = ExtensionTables.StorageVersions,
        [typeof(Api.StorageMigration.V1Beta1.StorageVersionMigration)] = ExtensionTables.StorageVersionMigrations,
        [typeof(Api.Resource.V1.DeviceClass)] = DeviceTables.DeviceClasses,
        [typeof(Api.Resource.V1.ResourceClaim)] = DeviceTables.ResourceClaims,
        [typeof(Api.Resource.V1.ResourceClaimTemplate)] = DeviceTables.ResourceClaimTemplates,
        [typeof(Api.Resource.V1.ResourceSlice)] = DeviceTables.ResourceSlices,
    }.ToFrozenDictionary();

    public static TableColumns For(KindInfo kind) => ByType.GetValueOrDefault(kind.Type, TableColumns.Default);
}
