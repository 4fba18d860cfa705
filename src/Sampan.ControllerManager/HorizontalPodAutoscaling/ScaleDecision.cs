namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>The number to scale to, and what held it back: a condition's reason and message for each question.</summary>
internal sealed record ScaleDecision(int Replicas, (string Reason, string Message) Able, (bool IsLimited, string Reason, string Message) Limited);
