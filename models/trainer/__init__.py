"""Trainer of Tacit's HeteroGNN personal router (PyTorch in, ONNX out)."""
