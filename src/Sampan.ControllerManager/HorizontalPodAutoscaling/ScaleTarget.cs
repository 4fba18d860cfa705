using Sampan.Api.Autoscaling.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>What an autoscaler scales, with its pods.</summary>
internal sealed record ScaleTarget(Scale Scale, Selector Selector, List<Pod> Pods);
