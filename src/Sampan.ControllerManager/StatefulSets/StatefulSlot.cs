using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.StatefulSets;

/// <summary>A place that a StatefulSet fills: its ordinal, and the pod that has it now, if any.</summary>
internal sealed record StatefulSlot(int Ordinal, Pod? Pod);
