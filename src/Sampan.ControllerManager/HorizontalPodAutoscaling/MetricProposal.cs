using Sampan.Api.Autoscaling.V2;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>How many replicas one metric asks for, the name under which reasons speak of it, and its present value.</summary>
internal sealed record MetricProposal(int Replicas, string Name, MetricStatus Status);
